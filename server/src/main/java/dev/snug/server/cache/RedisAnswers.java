package dev.snug.server.cache;

import dev.snug.server.redis.Redis;
import dev.snug.server.redis.RedisException;
import dev.snug.server.redis.Script;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Answers that several servers share. A database that fails is not asked again for some seconds: a
 * picture waits at most half a second for it, and most do not wait at all. For many threads.
 *
 * <p>Its keys: {@code snug:answer:SHA256}, hash of json and png, until cache-ttl after it was made;
 * {@code snug:answers}, sorted set of the answers by their last use, {@code snug:answers:bytes},
 * hash of their sizes, and {@code snug:answers:sum}, their sum, until cache-ttl after the last
 * answer. The database must not evict, so these bound it.
 */
public final class RedisAnswers implements AnswerStore {
    private static final Duration CONNECT = Duration.ofMillis(300);
    private static final Duration ANSWER = Duration.ofMillis(500);
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Script FIND = script("find.lua");
    private static final Script KEEP = script("keep.lua");
    private static final Script PURGE = script("purge.lua");

    private final Redis redis;
    private final int entriesMost;
    private final long bytesMost;
    private final long ttlMillis;
    private final InstantSource clock;
    private volatile @Nullable Failure failure;

    private record Failure(RedisException cause, long nanos) {}

    /**
     * Nothing is opened yet.
     *
     * @param address of the database, as {@link Redis} has it
     * @param entriesMost most answers of all servers together
     * @param ttl after which an answer is forgotten
     */
    public RedisAnswers(
            URI address,
            @Nullable String password,
            int entriesMost,
            Duration ttl,
            InstantSource clock) {
        this(new Redis(address, password, CONNECT, ANSWER), entriesMost, BYTES_MOST, ttl, clock);
    }

    RedisAnswers(Redis redis, int entriesMost, long bytesMost, Duration ttl, InstantSource clock) {
        this.redis = redis;
        this.entriesMost = entriesMost;
        this.bytesMost = bytesMost;
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
    }

    private static Script script(String name) {
        return Script.of(RedisAnswers.class, "answers.lua", name);
    }

    @Override
    public Optional<CachedAnswer> find(byte[] key) {
        List<?> found = Redis.list(asked(FIND, hex(key), clock.millis(), NOTED_MILLIS));
        return found.size() < 2 || found.getFirst() == null
                ? Optional.empty()
                : Optional.of(
                        new CachedAnswer(
                                (byte[]) found.getFirst(), (byte @Nullable []) found.get(1)));
    }

    @Override
    public void keep(byte[] key, CachedAnswer answer) {
        byte[] png = answer.png();
        asked(
                KEEP,
                hex(key),
                answer.json(),
                png == null ? new byte[0] : png,
                answer.bytes(),
                clock.millis(),
                ttlMillis,
                entriesMost,
                bytesMost);
    }

    @Override
    public int purge() {
        Object count = asked(PURGE);
        return count == null ? 0 : Math.toIntExact((Long) count);
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    private @Nullable Object asked(Script script, Object... words) {
        Failure last = failure;
        if (last != null && System.nanoTime() - last.nanos < PAUSE_NANOS) {
            throw last.cause;
        }
        try {
            Object reply = redis.run(script, Redis.words(words));
            failure = null;
            return reply;
        } catch (RedisException e) {
            failure = new Failure(e, System.nanoTime());
            throw e;
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
