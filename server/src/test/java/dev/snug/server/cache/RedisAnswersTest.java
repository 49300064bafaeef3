package dev.snug.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.redis.Redis;
import dev.snug.server.redis.RedisException;
import dev.snug.server.redis.RedisServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What two servers keep together in a real redis-server. The oracle is what was kept, and the keys
 * that lie in the database.
 */
final class RedisAnswersTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;

    private RedisServer server;
    private final List<String> log = new ArrayList<>();
    private final List<AnswerCache> caches = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.inMemory(folder);
    }

    @AfterEach
    void end() {
        caches.forEach(AnswerCache::close);
        server.close();
    }

    @Test
    void whatOneServerKeptAnotherFinds() {
        byte[] png = {0, -1, 3};
        cache(10, DAY).keep(key(1), new CachedAnswer(bytes("một"), png));
        AnswerCache other = cache(10, DAY);

        CachedAnswer one = other.find(key(1)).orElseThrow();

        assertThat(one.json()).isEqualTo(bytes("một"));
        assertThat(one.png()).isEqualTo(png);
        other.keep(key(1), answer("later"));
        assertThat(other.find(key(1)).orElseThrow().png()).isNull();
        assertThat(other.find(key(2))).isEmpty();
        assertThat(List.of(other.hits(), other.misses())).containsExactly(2L, 1L);
    }

    @Test
    void theLongestUnusedGoesWhenThereAreTooMany() {
        AnswerCache cache = cache(3, DAY);
        for (int i = 1; i <= 3; i++) {
            cache.keep(key(i), answer("x"));
            now = now.plus(Duration.ofMinutes(2));
        }
        assertThat(cache.find(key(1))).isPresent();
        now = now.plus(Duration.ofMinutes(2));
        cache.keep(key(4), answer("x"));

        assertThat(cache.find(key(2))).isEmpty();
        for (int i : new int[] {1, 3, 4}) {
            assertThat(cache.find(key(i))).as("key %d", i).isPresent();
        }
        assertThat(server.keys()).filteredOn(key -> key.startsWith("snug:answer:")).hasSize(3);
    }

    @Test
    void allTogetherTakeNoMoreBytesThanTheyMay() {
        AnswerCache cache = on(new RedisAnswers(server.client(), 1000, 1000, DAY, () -> now));
        for (int i = 0; i < 120; i++) {
            cache.keep(key(i), answer("x".repeat(10)));
            now = now.plusSeconds(1);
        }
        assertThat(server.keys()).filteredOn(key -> key.startsWith("snug:answer:")).hasSize(100);
        cache.keep(key(121), answer("x".repeat(505)));

        assertThat(cache.find(key(121))).isPresent();
        assertThat(server.keys()).filteredOn(key -> key.startsWith("snug:answer:")).hasSize(50);
        try (Redis redis = server.client()) {
            assertThat(Redis.text(redis.call("GET", bytes("snug:answers:sum")))).isEqualTo("995");
        }
    }

    @Test
    void nothingIsLeftAfterItsTime() throws Exception {
        AnswerCache cache = cache(10, Duration.ofSeconds(1));
        cache.keep(key(1), answer("x"));
        assertThat(server.keys()).hasSize(4);
        Thread.sleep(1100);
        assertThat(cache.find(key(1))).isEmpty();
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void allIsForgottenAtOnce() {
        AnswerCache cache = cache(10, DAY);
        cache.keep(key(1), answer("x"));
        cache.keep(key(2), answer("x"));
        assertThat(cache.purge()).isEqualTo(2);
        assertThat(server.keys()).isEmpty();
    }

    @Test
    void aFullDatabaseKeepsWhatItHasAndIsSaidOnce() {
        AnswerCache cache = cache(10, DAY);
        cache.keep(key(1), answer("x"));
        try (Redis redis = server.client()) {
            redis.call("CONFIG", bytes("SET"), bytes("maxmemory"), bytes("1"));
        }
        now = now.plus(Duration.ofHours(1));
        assertThat(cache.find(key(1))).isPresent();

        cache.keep(key(2), answer("x"));
        cache.keep(key(3), answer("x"));

        assertThat(log).singleElement().asString().contains("answers are not kept now", "OOM");
        assertThat(server.keys()).hasSize(4);
    }

    @Test
    void aDatabaseThatHangsCostsOnePictureHalfASecondAndTheRestNothing() throws Exception {
        AnswerCache cache = cache(10, DAY);
        cache.keep(key(1), answer("x"));
        server.stop();
        try {
            long start = System.nanoTime();
            assertThat(cache.find(key(1))).isEmpty();
            Duration first = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(cache.find(key(1))).isEmpty();
                cache.keep(key(2), answer("x"));
            }
            Duration rest = Duration.ofNanos(System.nanoTime() - start);

            assertThat(first).isLessThan(Duration.ofSeconds(2));
            assertThat(rest).isLessThan(Duration.ofMillis(250));
            assertThat(cache.misses()).isEqualTo(101);
            assertThat(log).hasSize(1);
            assertThatThrownBy(cache::purge).isInstanceOf(RedisException.class);
        } finally {
            server.resume();
        }
    }

    private AnswerCache cache(int entries, Duration ttl) {
        return on(new RedisAnswers(server.hasty(), entries, 1 << 20, ttl, () -> now));
    }

    private AnswerCache on(AnswerStore store) {
        AnswerCache cache = new AnswerCache(store, true, log::add);
        caches.add(cache);
        return cache;
    }

    private static byte[] key(int number) {
        byte[] key = new byte[AnswerCache.KEY_BYTES];
        Arrays.fill(key, (byte) number);
        return key;
    }

    private static CachedAnswer answer(String json) {
        return new CachedAnswer(bytes(json), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
