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
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.redis.Redis;
import dev.snug.server.redis.RedisServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two servers on one queue: who gets what and when, what goes over, and what is left in the
 * database. The oracles are the files that were given, and the keys before and after.
 */
final class RedisJobsSharingTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration IDLE = Duration.ofSeconds(2);

    @TempDir private Path folder;

    private RedisServer server;
    private final List<RedisJobs> stores = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.inMemory(folder);
    }

    @AfterEach
    void end() {
        stores.forEach(RedisJobs::close);
        server.close();
    }

    private RedisJobs store(Node node) throws Exception {
        RedisJobs store = node.start();
        stores.add(store);
        return store;
    }

    private Node node(String name) {
        return new Node(server, folder.resolve(name));
    }

    @Test
    void anotherServerTakesOverAfterTheLongestStepAndNeverBefore() throws Exception {
        JobStore dead = store(node("a").withIdle(IDLE));
        JobStore other = store(node("b").withIdle(IDLE));
        String id = Orders.batch(dead, folder, 1);
        Task lost = taken(dead);
        long since = System.nanoTime();

        Task task = taken(other);

        assertThat(Duration.ofNanos(System.nanoTime() - since))
                .isBetween(IDLE.minusMillis(100), IDLE.plusSeconds(8));
        assertThat(List.of(task.job(), task.delivery())).containsExactly(id, 2);
        assertThat(dead.standing(lost)).isEqualTo(Standing.LOST);
        assertThat(answer(other, task)).isTrue();
        assertThat(dead.finish(lost, new Outcome.Answered(new byte[1]), 1)).isFalse();
        assertThat(answers(other, id)).containsExactly("picture 0");
    }

    @Test
    void whoMovesForwardIsNotTakenOver() throws Exception {
        JobStore slow = store(node("a").withIdle(IDLE));
        JobStore other = store(node("b").withIdle(IDLE));
        Orders.text(slow, folder);
        Task task = taken(slow);
        for (int step = 1; step <= 6; step++) {
            Thread.sleep(IDLE.toMillis() / 4);
            assertThat(slow.progress(task, step, 10, 1)).isEqualTo(Standing.WANTED);
            assertThat(other.take(ALL, AT_ONCE)).isEmpty();
        }
    }

    @Test
    void aServerFindsWhatItHadAtOnceAfterARestart() throws Exception {
        Node node = node("a").withIdle(Duration.ofHours(1));
        RedisJobs before = store(node);
        Orders.batch(before, folder, 2);
        Task task = taken(before);
        before.close();

        RedisJobs after = store(node);

        Task again = after.take(ALL, AT_ONCE).orElseThrow();
        assertThat(List.of(again.item(), again.delivery())).containsExactly(task.item(), 2);
        assertThat(after.take(ALL, AT_ONCE).orElseThrow().item()).isEqualTo(1);
        assertThat(after.take(ALL, AT_ONCE)).isEmpty();
    }

    @Test
    void whatKillsEveryServerIsADeadLetterAfterThree() throws Exception {
        Node node = node("a");
        RedisJobs first = store(node);
        String id = Orders.batch(first, folder, 1);
        first.close();
        for (int i = 0; i <= JobStore.DELIVERIES_MAX; i++) {
            RedisJobs store = store(node);
            assertThat(store.take(ALL, AT_ONCE).isPresent()).isEqualTo(i < 3);
            store.close();
        }
        RedisJobs store = store(node);
        assertThat(answers(store, id)).containsExactly(Job.Problem.GAVE_UP);
        assertThat(store.deadLetters()).isEqualTo(1);
        try (Redis redis = server.client()) {
            assertThat(redis.call("XLEN", Redis.bytes("snug:dead"))).isEqualTo(1L);
        }
    }

    @Test
    void aTextGoesOnElsewhereWithWhatWasThereAndOnlyWhatIsNewIsSent() throws Exception {
        JobStore first = store(node("a").withIdle(IDLE));
        Orders.text(first, folder);
        Task task = taken(first);
        Path work = first.workspace(task);
        Path sound = Files.createDirectories(work.resolve(".book")).resolve("sound.pcm");
        byte[] samples = new byte[3 << 20];
        new Random(1).nextBytes(samples);
        Files.write(sound, samples);
        Files.writeString(work.resolve(".book/journal"), "{}\n");
        Files.writeString(work.resolve(".book/held-0"), "zero");
        first.progress(task, 1, 3, 1);

        Files.write(sound, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        Files.writeString(work.resolve(".book/journal"), "{1}\n", StandardOpenOption.APPEND);
        Files.writeString(work.resolve(".book/held-0"), "ZERO");
        Files.writeString(work.resolve(".book/held-1"), "one");
        long before = received();
        first.progress(task, 2, 3, 1);
        assertThat(received() - before).isLessThan(60_000);
        Files.writeString(work.resolve(".book/journal"), "lost", StandardOpenOption.APPEND);
        Files.delete(work.resolve(".book/held-1"));

        JobStore second = store(node("b").withIdle(IDLE));
        Task again = taken(second);
        Path other = second.workspace(again).resolve(".book");

        assertThat(Files.readAllBytes(other.resolve("sound.pcm")))
                .hasSize(samples.length + 3)
                .startsWith(samples)
                .endsWith(1, 2, 3);
        assertThat(other.resolve("journal")).hasContent("{}\n{1}\n");
        assertThat(other.resolve("held-0")).hasContent("ZERO");
        assertThat(other.resolve("held-1")).hasContent("one");
        assertThat(second.find(again.job()).orElseThrow().done()).isEqualTo(2);
        Files.delete(other.resolve("held-1"));
        Files.write(other.resolve("sound.pcm"), new byte[] {9});
        second.progress(again, 3, 3, 1);
        second.giveBack(again, false);
        Path third = second.workspace(taken(second)).resolve(".book");
        assertThat(third.resolve("held-1")).doesNotExist();
        assertThat(third.resolve("sound.pcm")).hasBinaryContent(new byte[] {9});
    }

    private long received() {
        try (Redis redis = server.client()) {
            String info = Redis.text(redis.call("INFO", Redis.bytes("stats")));
            String name = "total_net_input_bytes:";
            return info.lines()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
                    .sum();
        }
    }

    @Test
    void aSoundOfManyPiecesIsReadAsItWasMade() throws Exception {
        JobStore store = store(node("a"));
        String id = Orders.text(store, folder);
        Task task = taken(store);
        byte[] bytes = new byte[3 * Redis.PIECE_BYTES + 7];
        new Random(2).nextBytes(bytes);
        Path made = Files.write(store.workspace(task).resolve("s.mp3"), bytes);
        store.finish(task, new Outcome.Made(made, "audio/mpeg", "s.mp3"), 1);

        JobStore.Sound sound = store(node("b")).sound(id).orElseThrow();

        assertThat(sound.bytes()).isEqualTo(bytes.length);
        try (InputStream in = sound.in()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
        assertThat(made).doesNotExist();
    }

    @Test
    void nothingIsLeftOfJobsThatWereRemovedOrWhoseTimeIsOver() throws Exception {
        Duration ttl = Duration.ofSeconds(2);
        RedisJobs store = store(node("a").withTtl(ttl));
        assertThat(server.keys()).isEmpty();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(Orders.batch(store, folder, 2));
            answer(store, taken(store));
            answer(store, taken(store));
            ids.add(Orders.text(store, folder));
            Task task = taken(store);
            Path made = Files.writeString(store.workspace(task).resolve("s"), "a sound");
            store.progress(task, 1, 1, 1);
            store.finish(task, new Outcome.Made(made, "audio/wav", "s.wav"), 1);
            ids.add(Orders.batch(store, folder, 2));
            store.cancel(ids.getLast());
        }
        for (String id : ids.subList(0, 3)) {
            assertThat(store.remove(id)).isTrue();
        }
        try (Redis redis = server.client()) {
            for (String key : server.keys()) {
                assertThat((Long) redis.call("PTTL", Redis.bytes(key))).as(key).isPositive();
            }
        }
        assertThat(store.list(null, 10)).hasSize(3);

        Thread.sleep(ttl.plusMillis(200).toMillis());

        assertThat(store.list(null, 10)).isEmpty();
        // Who waited for work was woken; that key goes a minute later.
        assertThat(server.keys()).isSubsetOf("snug:bell");
    }

    @Test
    void aFullDatabaseTakesNothingMoreInAndLosesNothing() throws Exception {
        RedisJobs store = store(node("a"));
        String id = Orders.batch(store, folder, 2);
        Set<String> before = server.keys();
        try (Redis redis = server.client()) {
            redis.call("CONFIG", words("SET", "maxmemory", "4mb"));
        }
        Path large = Files.write(folder.resolve("large"), new byte[20 << 20]);

        assertThatThrownBy(() -> store.submit(Orders.order(Orders.PICTURES, 1), List.of(large)))
                .isInstanceOfSatisfying(
                        JobException.class,
                        e -> assertThat(e.kind()).isEqualTo(JobException.Kind.NO_SPACE));

        assertThat(server.keys()).isEqualTo(before);
        try (Redis redis = server.client()) {
            redis.call("CONFIG", words("SET", "maxmemory", "1"));
        }
        assertThatThrownBy(() -> Orders.batch(store, folder, 1)).isInstanceOf(JobException.class);
        assertThat(server.keys()).isEqualTo(before);
        answer(store, taken(store));
        store.giveBack(taken(store), false);
        answer(store, taken(store));
        assertThat(answers(store, id)).containsExactly("picture 0", "picture 1");
        assertThat(store.find(id).orElseThrow().state()).isEqualTo(Job.State.SUCCEEDED);
    }

    @Test
    void aDatabaseThatEvictsIsRefusedAtStartAndLater() throws Exception {
        try (Redis redis = server.client()) {
            redis.call("CONFIG", words("SET", "maxmemory-policy", "allkeys-lru"));
        }
        assertThatThrownBy(() -> store(node("a")))
                .isInstanceOfSatisfying(
                        JobException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(JobException.Kind.UNFIT);
                            assertThat(e).hasMessageContaining("noeviction");
                        });
    }

    private static byte[][] words(Object... words) {
        return Redis.words(words).toArray(byte[][]::new);
    }
}
