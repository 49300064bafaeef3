package dev.snug.server.cache;

import dev.snug.server.store.Database;
import dev.snug.server.store.Statements;
import dev.snug.server.store.StoreException;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Answers in the server's own database. For many threads. */
public final class DatabaseAnswers implements AnswerStore {
    /** Answers that go at a time. */
    private static final int STEP = 64;

    private final Database database;
    private final int entriesMost;
    private final long bytesMost;
    private final long ttlMillis;
    private final InstantSource clock;

    /**
     * Nothing is opened yet.
     *
     * @param entriesMost most answers
     * @param ttl after which an answer is forgotten
     */
    public DatabaseAnswers(Database database, int entriesMost, Duration ttl, InstantSource clock) {
        this(database, entriesMost, BYTES_MOST, ttl, clock);
    }

    DatabaseAnswers(
            Database database, int entriesMost, long bytesMost, Duration ttl, InstantSource clock) {
        this.database = database;
        this.entriesMost = entriesMost;
        this.bytesMost = bytesMost;
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
    }

    @Override
    public void keep(byte[] key, CachedAnswer answer) {
        long now = clock.millis();
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
    }

    @Override
    public int purge() {
        return database.write(s -> s.change("delete from answer"));
    }

    @Override
    public Optional<CachedAnswer> find(byte[] key) {
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
            // The answer is there all the same, and the next that is to be kept tells of it.
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

    /** The database is closed by who opened it. */
    @Override
    public void close() {}
}
