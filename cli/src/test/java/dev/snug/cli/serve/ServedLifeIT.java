package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.cli.serve.Client.Answer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How servers and workers end. The oracles are the kernel's: processes, exit codes, folders. */
@Timeout(120)
final class ServedLifeIT {
    private static final String SENTENCE = "Xin chào các bạn. Hôm nay trời đẹp. ";

    /** Takes two seconds or about. */
    private static final String SOME = SENTENCE.repeat(10);

    /** Takes longer than a server that ends waits. */
    private static final String ENDLESS = SENTENCE.repeat(2000);

    /** What a Java ends with that SIGTERM ended. */
    private static final int TERMINATED = 128 + 15;

    private static final int BEGINNING_BYTES = 4096;

    @TempDir private static Path folder;

    private static Snug snug;

    @BeforeAll
    static void prepare() throws Exception {
        snug = Snug.in(folder).withClassifier();
    }

    @Test
    void whatRunsIsFinishedWhenTheServerIsToldToEnd() throws Exception {
        byte[] expected = snug.done("speak", SOME, "-o", "-").out();
        try (Serving serving = snug.serve("--cache-entries", "0")) {
            serving.client().classify(Snug.PICTURE, "").status(200);
            try (InputStream sound = serving.client().stream(SOME).body()) {
                byte[] head = sound.readNBytes(BEGINNING_BYTES);
                List<ProcessHandle> workers = serving.workers();
                assertThat(workers).hasSize(2);
                serving.signal("TERM");
                Serving.await("it ends", 5, () -> isEnding(serving));
                Answer late = serving.client().classify(Snug.PICTURE, "").status(503);
                assertThat(late.code()).isEqualTo("stopping");
                assertThat(late.header("retry-after")).isNotEmpty();

                byte[] rest = sound.readAllBytes();
                assertThat(head.length + rest.length).isEqualTo(expected.length);
                assertThat(rest)
                        .isEqualTo(
                                java.util.Arrays.copyOfRange(
                                        expected, head.length, expected.length));
                assertThat(serving.ended(5)).isEqualTo(TERMINATED);
                assertThat(workers).noneMatch(ProcessHandle::isAlive);
                assertThat(Serving.left(snug.data())).isEmpty();
            }
        }
    }

    private static boolean isEnding(Serving serving) {
        try {
            return serving.log().contains("snug: ending");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatDoesNotEndInTimeIsCutAndNothingIsLeft() throws Exception {
        try (Serving serving = snug.serve("--text-chars", "100000");
                InputStream sound = serving.client().stream(ENDLESS).body()) {
            assertThat(sound.readNBytes(BEGINNING_BYTES)).hasSize(BEGINNING_BYTES);
            List<ProcessHandle> workers = serving.workers();
            serving.signal("TERM");
            // Eight seconds for the call, one for its end, and some for the workers'.
            assertThatThrownBy(() -> drained(sound)).isInstanceOf(IOException.class);
            assertThat(serving.ended(8)).isEqualTo(TERMINATED);
            assertThat(workers).hasSize(1).noneMatch(ProcessHandle::isAlive);
            assertThat(Serving.left(snug.data())).isEmpty();
        }
    }

    private static void drained(InputStream sound) throws IOException {
        byte[] piece = new byte[BEGINNING_BYTES];
        int read = sound.read(piece);
        while (read >= 0) {
            read = sound.read(piece);
        }
    }

    @Test
    void workersOfAKilledServerEndAndTheNextOneTidiesUp() throws Exception {
        try (Serving serving = snug.serve("--text-chars", "100000", "--cache-entries", "0");
                InputStream sound = serving.client().stream(ENDLESS).body()) {
            assertThat(sound.readNBytes(BEGINNING_BYTES)).hasSize(BEGINNING_BYTES);
            serving.client().classify(Snug.PICTURE, "").status(200);
            List<ProcessHandle> workers = serving.workers();
            assertThat(workers).hasSize(2);
            serving.signal("KILL");
            Serving.await(
                    "workers end", 5, () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        }
        List<Path> abandoned = Serving.left(snug.data());
        assertThat(abandoned).isNotEmpty();
        try (Serving next = snug.serve()) {
            assertThat(Serving.left(snug.data())).doesNotContainAnyElementsOf(abandoned);
            next.client().get("/readyz").status(200);
        }
    }

    @Test
    void idleWorkersEndAndAreStartedAgain() throws Exception {
        try (Serving serving = snug.serve("--keep-alive", "1s", "--cache-entries", "0")) {
            Map<String, Double> first = probabilities(serving);
            serving.client().speak("Một.").status(200);
            assertThat(serving.workers()).isNotEmpty();
            Serving.await("no worker lives", 6, () -> serving.workers().isEmpty());
            assertThat(serving.client().metric("snug_workers", -1)).isZero();
            assertThat(probabilities(serving)).isEqualTo(first);
        }
    }

    @Test
    void workersAreRecycledWithoutLosingARequest() throws Exception {
        try (Serving serving = snug.serve("--recycle", "3", "--cache-entries", "0")) {
            Map<String, Double> first = probabilities(serving);
            for (int i = 1; i < 7; i++) {
                assertThat(probabilities(serving)).isEqualTo(first);
            }
            assertThat(serving.client().metric("snug_worker_starts", -1)).isBetween(3.0, 4.0);
            assertThat(serving.workers()).hasSizeLessThanOrEqualTo(2);
        }
    }

    private static Map<String, Double> probabilities(Serving serving) throws Exception {
        return serving.client().classify(Snug.PICTURE, "?explain=true").status(200).probabilities();
    }
}
