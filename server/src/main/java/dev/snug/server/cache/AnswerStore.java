package dev.snug.server.cache;

import java.util.Optional;

/**
 * Where answers are kept. What was not used for longest goes first when there are too many or they
 * take too many bytes; what is too old is not found. For many threads.
 *
 * <p>Every method throws {@link dev.snug.server.store.StoreException} or {@link
 * dev.snug.server.redis.RedisException} when it cannot.
 */
public sealed interface AnswerStore extends AutoCloseable permits DatabaseAnswers, RedisAnswers {
    /** Most bytes of all answers together. */
    long BYTES_MOST = 64L << 20;

    /** How exactly it is known when an answer was last used: a hit then costs no write. */
    long NOTED_MILLIS = 60_000;

    /** The answer of this key. */
    Optional<CachedAnswer> find(byte[] key);

    /** Keeps an answer in the place of an earlier one. */
    void keep(byte[] key, CachedAnswer answer);

    /** Forgets all answers; how many there were. */
    int purge();

    @Override
    void close();
}
