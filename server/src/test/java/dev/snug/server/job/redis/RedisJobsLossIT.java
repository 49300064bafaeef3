package dev.snug.server.job.redis;

import static dev.snug.server.job.redis.Orders.ALL;
import static dev.snug.server.job.redis.Orders.answer;
import static dev.snug.server.job.redis.Orders.answers;
import static dev.snug.server.job.redis.Orders.taken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.job.Job;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Task;
import dev.snug.server.redis.Redis;
import dev.snug.server.redis.RedisServer;
import dev.snug.server.settings.JobSettings;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database that is killed, hangs or is not there yet, while two servers work. The oracle is that
 * each picture has its own file's text as its answer, once.
 */
final class RedisJobsLossIT {
    private static final Duration GONE_IS_KNOWN = Duration.ofSeconds(3);
    private static final int ITEMS = 60;

    @TempDir private Path folder;

    private RedisServer server;
    private final List<RedisJobs> stores = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.onDisk(folder);
    }

    @AfterEach
    void end() {
        stores.forEach(RedisJobs::close);
        server.close();
    }

    private RedisJobs store(String name) throws IOException {
        RedisJobs store =
                new Node(server, folder.resolve(name)).withIdle(Duration.ofSeconds(4)).start();
        stores.add(store);
        return store;
    }

    @Test
    void aDatabaseThatIsKilledInMidWorkLosesNothingAndDoublesNothing() throws Exception {
        List<RedisJobs> servers = List.of(store("a"), store("b"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(Orders.batch(servers.getFirst(), folder, ITEMS));
        }
        ConcurrentHashMap<String, AtomicInteger> counted = new ConcurrentHashMap<>();
        AtomicInteger failures = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (RedisJobs one : servers) {
                for (int i = 0; i < 2; i++) {
                    work.add(threads.submit(() -> work(one, ids, counted, failures)));
                }
            }
            for (int i = 0; i < 3; i++) {
                Thread.sleep(100);
                server.kill();
                Thread.sleep(300);
                server.restart();
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        assertThat(failures.get()).isGreaterThan(servers.size());
        RedisJobs store = servers.getFirst();
        for (String id : ids) {
            Job job = store.find(id).orElseThrow();
            assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
            assertThat(List.of(job.done(), job.failed())).containsExactly(ITEMS, 0);
            List<String> answers = answers(store, id);
            assertThat(answers).hasSize(ITEMS);
            for (int i = 0; i < ITEMS; i++) {
                assertThat(answers.get(i)).isEqualTo("picture " + i);
            }
        }
        assertThat(counted.values()).allSatisfy(n -> assertThat(n.get()).isEqualTo(1));
        assertThat(store.waiting()).isZero();
        assertThat(store.deadLetters()).isZero();
    }

    /** Works until all is over; counts the outcomes that were said to be the first. */
    private static Void work(
            JobStore store,
            List<String> ids,
            ConcurrentHashMap<String, AtomicInteger> counted,
            AtomicInteger failures)
            throws Exception {
        while (true) {
            try {
                Optional<Task> task = store.take(ALL, Duration.ofMillis(200));
                if (task.isPresent()) {
                    Thread.sleep(5);
                    if (answer(store, task.get())) {
                        counted.computeIfAbsent(
                                        task.get().job() + task.get().item(),
                                        _ -> new AtomicInteger())
                                .incrementAndGet();
                    }
                } else if (isOver(store, ids)) {
                    return null;
                }
            } catch (JobException e) {
                assertThat(e.kind()).isEqualTo(JobException.Kind.UNAVAILABLE);
                failures.incrementAndGet();
                Thread.sleep(50);
            }
        }
    }

    private static boolean isOver(JobStore store, List<String> ids) {
        return ids.stream().allMatch(id -> store.find(id).orElseThrow().state().isOver());
    }

    @Test
    void aDatabaseThatHangsIsUnavailableSoonAndComesBack() throws Exception {
        RedisJobs store = store("a");
        String id = Orders.batch(store, folder, 2);
        Task task = taken(store);
        server.stop();
        try {
            assertUnavailable(() -> store.find(id));
            assertUnavailable(() -> Orders.batch(store, folder, 1));
            assertUnavailable(() -> store.take(ALL, Duration.ofSeconds(30)));
            assertUnavailable(() -> store.standing(task));
        } finally {
            server.resume();
        }
        Thread.sleep(500);

        assertThat(answer(store, task)).isTrue();
        // The take that nobody heard of was done when the database went on: it does not count.
        Task second = taken(store);
        assertThat(List.of(second.item(), second.delivery())).containsExactly(1, 1);
        assertThat(answer(store, second)).isTrue();
        assertThat(answers(store, id)).containsExactly("picture 0", "picture 1");
    }

    @Test
    void aDatabaseThatIsGoneIsUnavailableSoonAndComesBack() throws Exception {
        RedisJobs store = store("a");
        String id = Orders.batch(store, folder, 1);
        server.kill();
        assertUnavailable(() -> store.list(null, 10));
        assertUnavailable(() -> store.cancel(id));
        server.restart();
        Thread.sleep(500);
        assertThat(store.find(id)).isPresent();
        assertThat(answer(store, taken(store))).isTrue();
    }

    @Test
    void aServerStartsBeforeItsDatabase() throws Exception {
        server.kill();
        Node node = new Node(server, folder.resolve("a"));
        RedisJobs store = node.start();
        stores.add(store);
        assertThat(node.log()).singleElement().asString().contains("jobs wait");
        assertUnavailable(() -> store.waiting());

        server.restart();
        Thread.sleep(500);

        assertThat(store.waiting()).isZero();
        assertThat(node.log().getLast()).contains("answers again");
    }

    @Test
    void aDatabaseThatBeganToEvictIsUnavailableUntilItDoesNot() throws Exception {
        RedisJobs store = store("a");
        server.kill();
        assertUnavailable(() -> store.waiting());
        server.restart();
        policy("allkeys-lru");
        Thread.sleep(500);
        assertThatThrownBy(store::waiting).hasMessageContaining("noeviction");
        policy("noeviction");
        assertThat(store.waiting()).isZero();
    }

    @Test
    void aPasswordIsNeededWhereThereIsOne() throws Exception {
        try (RedisServer locked = RedisServer.inMemory(folder, "--requirepass", "mật khẩu")) {
            assertThatThrownBy(() -> open(locked, "wrong"))
                    .isInstanceOfSatisfying(
                            JobException.class,
                            e -> assertThat(e.kind()).isEqualTo(JobException.Kind.UNFIT));
            try (RedisJobs store = open(locked, "mật khẩu")) {
                assertThat(store.waiting()).isZero();
            }
        }
    }

    private RedisJobs open(RedisServer at, String password) throws IOException {
        return RedisJobs.open(
                new JobSettings(at.address(3), password, 10, 1 << 20, Duration.ofDays(1)),
                folder.resolve("locked"),
                folder.resolve("scratch"),
                Duration.ofMinutes(1),
                InstantSource.system(),
                _ -> {});
    }

    private void policy(String name) {
        try (Redis redis = server.client()) {
            redis.call(
                    "CONFIG", Redis.words("SET", "maxmemory-policy", name).toArray(byte[][]::new));
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JobException.class,
                        e -> assertThat(e.kind()).isEqualTo(JobException.Kind.UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GONE_IS_KNOWN);
    }
}
