package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.job.Job;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Jobs of a real server whose processes are killed, stopped and busy. The oracle of a sound is the
 * same text spoken by a server that nobody disturbed; of a batch, one answer a picture.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ServedJobsIT {
    private static final String SENTENCE = "Một buổi sáng đẹp trời, gió thổi nhẹ qua hàng cây. ";

    /** Some ten chunks. */
    private static final String TEXT = SENTENCE.repeat(20);

    private static final int STEPS = 4;
    private static final int PICTURES = 60;

    /** An answer that waits for one chunk and the loading of a small voice. */
    private static final int SOON_SECONDS = 20;

    @TempDir private Path folder;
    private Snug snug;
    private Orders orders;

    @BeforeEach
    void open() throws Exception {
        snug = Snug.in(folder).withClassifier();
        orders = new Orders(snug);
    }

    @AfterEach
    void close() {
        orders.close();
    }

    /** Answers that were kept would be too fast to be caught. */
    private Serving serve() throws Exception {
        return snug.serve("--cache-entries", "0");
    }

    private void awaitMiddle(String text) throws InterruptedException {
        Serving.await(
                "some chunks are spoken: " + orders.job(text), 60, () -> orders.done(text) >= 2);
        assertThat(orders.job(text).state()).isEqualTo(Job.State.RUNNING);
    }

    @Test
    void aServerThatIsKilledGoesOnAndDoesEverythingOnce() throws Exception {
        String text = orders.text(TEXT, STEPS);
        String batch = orders.pictures(PICTURES);
        int before;
        try (Serving first = serve()) {
            awaitMiddle(text);
            Serving.await("some pictures", 60, () -> orders.done(batch) > 2);
            first.signal("KILL");
            before = orders.done(text);
        }
        try (Serving _ = serve()) {
            Job spoken = orders.succeeded(text);
            assertThat(spoken.done()).isEqualTo(spoken.total()).isGreaterThan(before);
            assertThat(orders.succeeded(batch).failed()).isZero();
            assertThat(orders.answered(batch))
                    .isEqualTo(IntStream.range(0, PICTURES).boxed().toList());
            assertThat(orders.deadLetters()).isZero();

            String undisturbed = orders.text(TEXT, STEPS);
            orders.succeeded(undisturbed);
            assertThat(orders.sound(text)).isEqualTo(orders.sound(undisturbed));
        }
    }

    @Test
    void aWorkerThatIsKilledCostsAtMostAChunk() throws Exception {
        String text = orders.text(TEXT, STEPS);
        try (Serving serving = serve()) {
            awaitMiddle(text);
            Serving.signal(serving.worker("SpeechTask"), "KILL");
            orders.succeeded(text);
            assertThat(serving.log()).contains("goes back to its line");

            String undisturbed = orders.text(TEXT, STEPS);
            orders.succeeded(undisturbed);
            assertThat(orders.sound(text)).isEqualTo(orders.sound(undisturbed));
        }
    }

    @Test
    void aServerThatIsStoppedLosesNoChunkThatCounts() throws Exception {
        String text = orders.text(TEXT, STEPS);
        int before;
        try (Serving first = serve()) {
            awaitMiddle(text);
            first.signal("TERM");
            assertThat(first.ended(10)).isEqualTo(143);
            before = orders.done(text);
        }
        try (Serving _ = serve()) {
            List<Integer> seen = new java.util.ArrayList<>();
            Serving.await(
                    "it goes on",
                    120,
                    () -> {
                        seen.add(orders.done(text));
                        return orders.job(text).state().isOver();
                    });
            assertThat(seen).isSorted().first().isEqualTo(before);
            assertThat(orders.job(text).state()).isEqualTo(Job.State.SUCCEEDED);
        }
    }

    @Test
    void aJobThatIsCancelledEndsWithinAStep() throws Exception {
        String text = orders.text(TEXT, STEPS);
        try (Serving serving = serve()) {
            awaitMiddle(text);
            assertThat(orders.cancel(text)).isTrue();
            Client client = serving.client();
            Serving.await(
                    "nothing is worked on",
                    10,
                    () -> metric(client, "snug_jobs_running_items") == 0);
            assertThat(metric(client, "snug_jobs_items_total{end=\"dropped\"}")).isEqualTo(1);
            assertThat(orders.job(text).state()).isEqualTo(Job.State.CANCELLED);
            // Its worker was not killed for it.
            assertThat(client.metric("snug_worker_starts", 0)).isEqualTo(1);
        }
    }

    private static double metric(Client client, String name) {
        try {
            return client.metric(name, -1);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoAsksIsAnsweredWhileALongTextIsSpoken() throws Exception {
        String text = orders.text(TEXT, STEPS);
        try (Serving serving = serve()) {
            awaitMiddle(text);
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                serving.client().speak("Một, hai.").status(200);
                assertThat(System.nanoTime() - start)
                        .isLessThan(TimeUnit.SECONDS.toNanos(SOON_SECONDS));
                assertThat(orders.job(text).state()).isEqualTo(Job.State.RUNNING);
            }
            orders.succeeded(text);

            String undisturbed = orders.text(TEXT, STEPS);
            orders.succeeded(undisturbed);
            assertThat(orders.sound(text)).isEqualTo(orders.sound(undisturbed));
        }
    }
}
