package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several servers on one queue, and a queue that is away. The oracles are single answers of a
 * server without a queue, and the clock. {@code bench/run jobs} has a thousand pictures of full
 * size shared.
 */
@Timeout(900)
final class SharedQueueIT {
    private static final int PICTURES = Integer.getInteger("snug.proof.pictures", 40);
    private static final int ROUNDS = Integer.getInteger("snug.proof.rounds", 1);
    private static final int GONE_SECONDS = 10;
    private static final int SENDERS = 8;

    /** For the pause in which a database that was gone is not asked. */
    private static final int BACK_SECONDS = 3;

    /**
     * What an answer may take while the queue is away: more than ever was seen, less than a wait.
     */
    private static final double PROMPT_SECONDS = 2;

    @TempDir private static Path folder;

    private static Snug snug;

    /** A model of real size where it is given: a home that has one and nothing else. */
    @BeforeAll
    static void prepare() throws Exception {
        String home = System.getProperty("snug.proof.home");
        snug = Snug.in(folder);
        snug = home == null ? snug.withClassifier() : snug.with("SNUG_HOME", home);
    }

    @Test
    void withTheQueueAwayPicturesAreAnsweredAndOrdersRefusedUntilItIsBack() throws Exception {
        Path own = Files.createDirectory(folder.resolve("away"));
        try (Redis redis = Redis.start(own);
                Serving serving = serving(own.resolve("data"), redis, List.of())) {
            Client client = serving.client();
            JobCalls calls = new JobCalls(client);
            Answer before = calls.pictures("before", batch(20)).status(202);
            redis.kill();
            long end = System.nanoTime() + GONE_SECONDS * 1_000_000_000L;
            int answered = 0;
            double slowest = 0;
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                client.classify(JobCalls.picture(1_000 + answered++), "").status(200);
                slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
                Answer refused = calls.pictures("away", batch(1)).status(503);
                assertThat(refused.code()).isEqualTo("queue_unavailable");
                assertThat(refused.header("retry-after")).isNotEmpty();
                client.get("/readyz").status(200);
            }
            System.out.printf(
                    "proof: Redis away %d s: %d pictures answered, the slowest in %.2f s%n",
                    GONE_SECONDS, answered, slowest);
            assertThat(slowest).isLessThan(PROMPT_SECONDS);
            redis.begin();
            redis.awaitAnswer();
            Serving.await("the queue answers again", BACK_SECONDS, () -> isThere(client));
            String waited = JobCalls.said(before.json()).id();
            assertThat(calls.ended(waited, 60).state()).isEqualTo("succeeded");
            String late = JobCalls.said(calls.pictures("late", batch(1)).status(202).json()).id();
            assertThat(calls.ended(late, 60).state()).isEqualTo("succeeded");
        }
    }

    private static boolean isThere(Client client) {
        try {
            return client.get("/v1/jobs").status() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOrderThatIsSentByManyAtOnceIsOneJob() throws Exception {
        Path own = Files.createDirectory(folder.resolve("twice"));
        try (Redis redis = Redis.start(own);
                Serving one = serving(own.resolve("one"), redis, List.of());
                Serving other = serving(own.resolve("other"), redis, List.of());
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Callable<Answer>> sending = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                Client client = (i % 2 == 0 ? one : other).client();
                sending.add(() -> new JobCalls(client).pictures("same", batch(3)));
            }
            Set<String> ids = new HashSet<>();
            int taken = 0;
            for (Future<Answer> each : senders.invokeAll(sending)) {
                Answer answer = each.get();
                assertThat(answer.status()).as(answer.text()).isIn(200, 202);
                taken += answer.status() == 202 ? 1 : 0;
                ids.add(JobCalls.said(answer.json()).id());
            }
            assertThat(ids).hasSize(1);
            assertThat(taken).as("how many were told that it is new").isEqualTo(1);
            JobCalls calls = new JobCalls(other.client());
            String id = ids.iterator().next();
            assertThat(calls.ended(id, 60).state()).isEqualTo("succeeded");
            assertThat(calls.states()).isEqualTo(Map.of("succeeded", 1));
            Answer reused = calls.pictures("same", batch(2)).status(422);
            assertThat(reused.code()).isEqualTo("idempotency_key_reused");
        }
    }

    /** The ratio is asked for with pictures enough that starting and ending do not count. */
    @Test
    void twoServersShareABatch() throws Exception {
        List<byte[]> pictures = batch(PICTURES);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double alone = seconds(pictures, "alone" + round, 1);
            double together = seconds(pictures, "together" + round, 2);
            ratios.add(alone / together);
            System.out.printf(
                    "proof: %d pictures, one server %.1f s, two %.1f s: %.2f times as fast%n",
                    PICTURES, alone, together, alone / together);
        }
        ratios.sort(null);
        if (PICTURES >= 1000) {
            assertThat(ratios.get(ROUNDS / 2)).isGreaterThanOrEqualTo(1.7);
        }
    }

    /** Seconds for all of them with so many servers, each on a core of its own. */
    private static double seconds(List<byte[]> pictures, String name, int servers)
            throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve(name));
        List<Serving> all = new ArrayList<>();
        try (Redis redis = Redis.start(own)) {
            for (int i = 0; i < servers; i++) {
                List<String> core = List.of("taskset", "-c", Integer.toString(i));
                Serving serving = serving(own.resolve("data-" + i), redis, core);
                all.add(serving);
                // Its worker is there and has read the model.
                serving.client().classify(JobCalls.picture(-1 - i), "").status(200);
            }
            JobCalls calls = new JobCalls(all.getFirst().client());
            long start = System.nanoTime();
            String id = JobCalls.said(calls.pictures(name, pictures).status(202).json()).id();
            assertThat(calls.ended(id, 600).state()).isEqualTo("succeeded");
            double seconds = (System.nanoTime() - start) / 1e9;
            List<Map<String, Double>> answers = calls.answers(id);
            assertThat(answers).hasSize(pictures.size());
            for (int i = 0; i < answers.size(); i += 37) {
                Answer single = all.getLast().client().classify(pictures.get(i), "");
                assertThat(answers.get(i)).isEqualTo(single.status(200).probabilities());
            }
            double least = PICTURES;
            for (Serving each : all) {
                least =
                        Math.min(
                                least,
                                each.client()
                                        .metric("snug_jobs_steps_total{kind=\"pictures\"}", 0));
            }
            assertThat(least).as("each did a part").isGreaterThan(PICTURES / 4.0);
            return seconds;
        } finally {
            all.forEach(Serving::close);
        }
    }

    private static Serving serving(Path data, Redis redis, List<String> before)
            throws IOException, InterruptedException {
        return snug.behind(before)
                .serve("--data", data.toString(), "--cache-entries", "0", "--redis", redis.url());
    }

    private static List<byte[]> batch(int count) {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(JobCalls.picture(i));
        }
        return batch;
    }
}
