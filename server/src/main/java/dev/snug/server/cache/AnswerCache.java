package dev.snug.server.cache;

import dev.snug.server.store.Database;
import dev.snug.server.store.Statements;
import dev.snug.server.store.StoreException;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Answers in the server's database, by SHA-256 of all that they follow from. What was not used for
 * longest goes first when there are too many or they take too many bytes; what is too old is not
 * found. For many threads.
 *
 * <p>With room for none it is off: nothing is read, counted or opened.
 */
public final class AnswerCache {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    /** Most bytes of all answers together. */
    public static final long BYTES_MOST = 64L << 20;

    /** How exactly it is known when an answer was last used: a hit then costs no write. */
    private static final long NOTED_MILLIS = 60_000;

    /** Answers that go at a time. */
    private static final int STEP = 64;

    private final Database database;
    private final int entriesMost;
    private final long bytesMost;
    private final long ttlMillis;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /**
     * A cache.
     *
     * @param entriesMost most answers; 0 for off
     * @param ttl after which an answer is forgotten
     * @param log told once, in a line, when the disk begins to fail
     */
    public AnswerCache(
            Database database,
            int entriesMost,
            Duration ttl,
            InstantSource clock,
            Consumer<String> log) {
        this(database, entriesMost, BYTES_MOST, ttl, clock, log);
    }

    AnswerCache(
            Database database,
            int entriesMost,
            long bytesMost,
            Duration ttl,
            InstantSource clock,
            Consumer<String> log) {
        this.database = database;
        this.entriesMost = entriesMost;
        this.bytesMost = bytesMost;
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
        this.log = log;
    }

    /** Whether anything is kept at all: else no key need be made. */
    public boolean isOn() {
        return entriesMost > 0;
    }

    /** The answer of this key, where it is kept; empty too when the disk fails. */
    public Optional<CachedAnswer> find(byte[] key) {
        if (!isOn()) {
            return Optional.empty();
        }
        Optional<CachedAnswer> found = Optional.empty();
        try {
            found = read(requireKey(key));
            isFailing.set(false);
        } catch (StoreException e) {
            tell(e);
        }
        (found.isPresent() ? hits : misses).incrementAndGet();
        return found;
    }

    /** Keeps an answer; one that is too large, or that the disk refuses, is not kept. */
    public void keep(byte[] key, CachedAnswer answer) {
        if (!isOn() || !answer.isSmall()) {
            return;
        }
        requireKey(key);
        long now = clock.millis();
        try {
            database.note(
                    statements -> {
                        statements.change("delete from answer where created <= ?", now - ttlMillis);
                        statements.change(
                                "insert or replace into"
                                        + " answer(key, bytes, created, used, json, png)"
                                        + " values(?, ?, ?, ?, ?, ?)",
                                key,
                                answer.bytes(),
                                now,
                                now,
                                answer.json(),
                                answer.png());
                        shrink(statements);
                        return true;
                    });
            isFailing.set(false);
        } catch (StoreException e) {
            tell(e);
        }
    }

    /**
     * Forgets all answers.
     *
     * @return how many there were
     * @throws StoreException when the disk refuses: who asks for this must know
     */
    public int purge() {
        return isOn() ? database.write(s -> s.change("delete from answer")) : 0;
    }

    /** How often an answer was found. */
    public long hits() {
        return hits.get();
    }

    /** How often none was found. */
    public long misses() {
        return misses.get();
    }

    private Optional<CachedAnswer> read(byte[] key) {
        long now = clock.millis();
        record Found(CachedAnswer answer, long used) {}
        Optional<Found> found =
                database.read(
                        statements ->
                                statements.first(
                                        "select json, png, used from answer"
                                                + " where key = ? and created > ?",
                                        row ->
                                                new Found(
                                                        new CachedAnswer(
                                                                row.bytes(1), row.bytesOrNull(2)),
                                                        row.whole(3)),
                                        key,
                                        now - ttlMillis));
        if (found.isPresent() && now - found.get().used >= NOTED_MILLIS) {
            noteUse(key, now);
        }
        return found.map(Found::answer);
    }

    /** A disk that is full keeps what it has: only the order in which answers go is less exact. */
    private void noteUse(byte[] key, long now) {
        try {
            database.note(s -> s.change("update answer set used = ? where key = ?", now, key));
        } catch (StoreException e) {
            tell(e);
        }
    }

    private void shrink(Statements statements) throws SQLException {
        record Old(long row, long bytes) {}
        long count = statements.whole("select count(*) from answer");
        long bytes = statements.whole("select sum(bytes) from answer");
        while (count > entriesMost || (bytes > bytesMost && count > 0)) {
            for (Old old :
                    statements.all(
                            "select rowid, bytes from answer order by used, rowid limit " + STEP,
                            row -> new Old(row.whole(1), row.whole(2)))) {
                if (count <= entriesMost && bytes <= bytesMost) {
                    return;
                }
                statements.change("delete from answer where rowid = ?", old.row);
                count--;
                bytes -= old.bytes;
            }
        }
    }

    private static byte[] requireKey(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return key;
    }

    /** Once until it works again. */
    private void tell(StoreException e) {
        if (isFailing.compareAndSet(false, true)) {
            log.accept("answers are not kept now: " + e.getMessage());
        }
    }
}
