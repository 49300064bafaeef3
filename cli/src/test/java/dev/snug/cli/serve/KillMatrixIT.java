package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.cli.serve.Kills.Moment;
import dev.snug.cli.serve.Kills.Victim;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whoever is killed, whenever: every job gets one result, none is lost and none comes twice. The
 * oracles are a server that nothing happened to, for what each result must be, and all servers'
 * logs together, for how often a job ended. {@code bench/run jobs} does it with 200 jobs each.
 */
@Timeout(900)
final class KillMatrixIT {
    private static final int JOBS = Integer.getInteger("snug.proof.kill.jobs", 10);
    private static final int KILLS = Integer.getInteger("snug.proof.kill.times", 2);

    /** One job in so many is a text, and one a batch of pictures. */
    private static final int ROUND = Math.max(10, JOBS / 5);

    private static final int BATCH = 3;

    /** One row alone, such as "FRONT AFTER_RESULT"; empty for all. */
    private static final String ONLY = System.getProperty("snug.proof.kill.only", "");

    private static final String TEXT = "Xin chào các bạn. Hôm nay trời đẹp. ".repeat(12);

    @TempDir private static Path folder;

    private static Snug snug;
    private static final List<Map<String, Double>> EXPECTED = new ArrayList<>();
    private static byte[] spoken;

    /** Asks a server that nothing happens to. */
    @BeforeAll
    static void askUndisturbed() throws Exception {
        snug = Snug.in(folder).withClassifier();
        try (Serving serving = snug.serve("--cache-entries", "0")) {
            for (int i = 0; i < JOBS + BATCH; i++) {
                Answer answer = serving.client().classify(JobCalls.picture(i), "").status(200);
                EXPECTED.add(answer.probabilities());
            }
            JobCalls calls = new JobCalls(serving.client());
            String id = JobCalls.said(calls.text("undisturbed", TEXT).json()).id();
            assertThat(calls.ended(id, 60).state()).isEqualTo("succeeded");
            spoken = calls.sound(id);
        }
    }

    static List<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (String queue : List.of("Redis", "SQLite")) {
            for (Victim victim : Victim.values()) {
                for (Moment moment : Moment.values()) {
                    boolean isAsked = ONLY.isEmpty() || (victim + " " + moment).equals(ONLY);
                    if (isAsked && (queue.equals("Redis") || victim != Victim.REDIS)) {
                        cells.add(Arguments.of(queue, victim, moment));
                    }
                }
            }
        }
        return cells;
    }

    @ParameterizedTest(name = "queue in {0}, {1} killed {2}")
    @MethodSource("cells")
    void everyJobGetsOneResult(String queue, Victim victim, Moment moment) throws Exception {
        Path own = Files.createDirectory(folder.resolve(queue + "-" + victim + "-" + moment));
        try (Redis redis = queue.equals("Redis") ? Redis.start(own) : null;
                Kills kills =
                        new Kills(snug, redis, arguments(own, redis), own.toString().hashCode())) {
            Map<String, Integer> jobs = new LinkedHashMap<>();
            int struck;
            try (ExecutorService aside = Executors.newSingleThreadExecutor()) {
                Future<Integer> striking = aside.submit(() -> kills.strike(victim, moment, KILLS));
                for (int i = 0; i < JOBS; i++) {
                    jobs.put(submitted(kills, i), i);
                }
                awaitEnds(kills, jobs.keySet());
                kills.over();
                struck = striking.get();
            }
            assertThat(struck).as("how often it was killed").isPositive();
            assertThat(jobs).as("each order is a job of its own").hasSize(JOBS);
            check(kills, jobs);
        }
    }

    private static List<String> arguments(Path own, @Nullable Redis redis) {
        List<String> arguments = new ArrayList<>(List.of("--data", own.resolve("data").toString()));
        arguments.addAll(List.of("--cache-entries", "0"));
        if (redis != null) {
            arguments.addAll(List.of("--redis", redis.url()));
        }
        return arguments;
    }

    /** Leaves a job as a careful client does: again with the same key until it is taken in. */
    private static String submitted(Kills kills, int number) throws InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (true) {
            String said;
            try {
                Answer answer = order(kills.calls(), number);
                if (answer.status() == 202 || answer.status() == 200) {
                    kills.accepted();
                    return JobCalls.said(answer.json()).id();
                }
                said = answer.status() + " " + answer.text();
                assertThat(answer.status()).as(said).isIn(429, 503);
            } catch (IOException e) {
                said = e.toString();
            }
            assertThat(System.nanoTime())
                    .as("job %d is taken in: %s", number, said)
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static boolean isText(int number) {
        return number % ROUND == ROUND - 1;
    }

    private static int pictures(int number) {
        return number % ROUND == ROUND / 2 ? BATCH : 1;
    }

    private static Answer order(JobCalls calls, int number)
            throws IOException, InterruptedException {
        String key = "job-" + number;
        if (isText(number)) {
            return calls.text(key, TEXT);
        }
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < pictures(number); i++) {
            batch.add(JobCalls.picture(number + i));
        }
        return calls.pictures(key, batch);
    }

    private static void awaitEnds(Kills kills, Iterable<String> jobs) throws InterruptedException {
        for (String id : jobs) {
            Serving.await(
                    "job " + id + " ends",
                    300,
                    () -> {
                        try {
                            return kills.calls().job(id).isOver();
                        } catch (IOException | AssertionError e) {
                            // Whoever answers is killed just now.
                            return false;
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    private static void check(Kills kills, Map<String, Integer> jobs)
            throws IOException, InterruptedException {
        for (Map.Entry<String, Integer> job : jobs.entrySet()) {
            String id = job.getKey();
            int number = job.getValue();
            assertThat(kills.calls().job(id).state()).as("job %d", number).isEqualTo("succeeded");
            if (isText(number)) {
                assertThat(kills.calls().sound(id)).isEqualTo(spoken);
            } else {
                assertThat(kills.calls().answers(id))
                        .isEqualTo(EXPECTED.subList(number, number + pictures(number)));
            }
            for (int item = 0; item < (isText(number) ? 1 : pictures(number)); item++) {
                String ended = "item %d of job %s ".formatted(item, id);
                assertThat(kills.logs().lines().filter(line -> isEnd(line, ended)).count())
                        .as("how often %s ended", ended)
                        .isLessThanOrEqualTo(1);
            }
        }
        assertThat(kills.calls().states()).isEqualTo(Map.of("succeeded", JOBS));
    }

    private static boolean isEnd(String line, String item) {
        return line.contains(item)
                && (line.contains(" answered in ") || line.contains(" made in "));
    }
}
