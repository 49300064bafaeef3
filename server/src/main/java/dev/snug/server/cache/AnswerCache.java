package dev.snug.server.cache;

import dev.snug.server.redis.RedisException;
import dev.snug.server.store.StoreException;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Answers by SHA-256 of all that they follow from, in this server's own database or in one that
 * several share. A store that fails costs an answer that is made once more, and is told of once.
 * For many threads.
 *
 * <p>With room for none it is off: nothing is read, counted or opened.
 */
public final class AnswerCache implements AutoCloseable {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private final AnswerStore store;
    private final boolean isOn;
    private final Consumer<String> log;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /**
     * A cache.
     *
     * @param isOn whether anything is kept at all
     * @param log told once, in a line, when the store begins to fail
     */
    public AnswerCache(AnswerStore store, boolean isOn, Consumer<String> log) {
        this.store = store;
        this.isOn = isOn;
        this.log = log;
    }

    /** Whether anything is kept at all: else no key need be made. */
    public boolean isOn() {
        return isOn;
    }

    /** The answer of this key, where it is kept; empty too when the store fails. */
    public Optional<CachedAnswer> find(byte[] key) {
        if (!isOn) {
            return Optional.empty();
        }
        Optional<CachedAnswer> found = Optional.empty();
        try {
            found = store.find(requireKey(key));
            isFailing.set(false);
        } catch (StoreException | RedisException e) {
            tell(e);
        }
        (found.isPresent() ? hits : misses).incrementAndGet();
        return found;
    }

    /** Keeps an answer; one that is too large, or that the store refuses, is not kept. */
    public void keep(byte[] key, CachedAnswer answer) {
        if (!isOn || !answer.isSmall()) {
            return;
        }
        requireKey(key);
        try {
            store.keep(key, answer);
            isFailing.set(false);
        } catch (StoreException | RedisException e) {
            tell(e);
        }
    }

    /**
     * Forgets all answers.
     *
     * @return how many there were
     * @throws StoreException or {@link RedisException} when the store refuses: who asks for this
     *     must know
     */
    public int purge() {
        return isOn ? store.purge() : 0;
    }

    /** How often an answer was found. */
    public long hits() {
        return hits.get();
    }

    /** How often none was found. */
    public long misses() {
        return misses.get();
    }

    @Override
    public void close() {
        store.close();
    }

    private static byte[] requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return key;
    }

    /** Once until it works again. */
    private void tell(RuntimeException e) {
        if (isFailing.compareAndSet(false, true)) {
            log.accept("answers are not kept now: " + e.getMessage());
        }
    }
}
