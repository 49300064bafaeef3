package dev.snug.server.job.embedded;

import dev.snug.server.job.JobException;
import dev.snug.server.store.Database;
import dev.snug.server.store.Statements;
import dev.snug.server.store.StoreException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Transactions whose failures are told as those of jobs; what is done in one may touch files. */
final class JobTransactions {
    private final Database database;

    JobTransactions(Database database) {
        this.database = database;
    }

    /** What is done in one transaction, and with files. */
    @FunctionalInterface
    interface Work<T> {
        T in(Statements statements) throws SQLException, IOException;
    }

    /** Reads. */
    <T> T read(Database.Work<T> work) {
        try {
            return database.read(work);
        } catch (StoreException e) {
            throw failure(e);
        }
    }

    /** Changes rows alone; on the disk when this returns. */
    <T> T change(Database.Work<T> work) {
        try {
            return database.write(work);
        } catch (StoreException e) {
            throw failure(e);
        }
    }

    /** As {@link #change}, but a failing power supply may undo it. */
    <T> T jot(Database.Work<T> work) {
        try {
            return database.note(work);
        } catch (StoreException e) {
            throw failure(e);
        }
    }

    /** Changes rows and files; on the disk when this returns. */
    <T> T write(Work<T> work) throws IOException {
        return unwrapped(() -> change(s -> wrapped(work, s)));
    }

    /** As {@link #write}, but a failing power supply may undo it. */
    <T> T note(Work<T> work) throws IOException {
        return unwrapped(() -> jot(s -> wrapped(work, s)));
    }

    private static <T> T wrapped(Work<T> work, Statements s) throws SQLException {
        try {
            return work.in(s);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T unwrapped(Supplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What the database's failure is to who has jobs. */
    private static JobException failure(StoreException cause) {
        return new JobException(
                cause.kind() == StoreException.Kind.FULL
                        ? JobException.Kind.NO_SPACE
                        : JobException.Kind.UNAVAILABLE,
                String.valueOf(cause.getMessage()),
                cause);
    }

    /** What the disk's failure is to who has jobs. */
    static JobException failure(IOException cause) {
        return new JobException(
                saysFull(cause) ? JobException.Kind.NO_SPACE : JobException.Kind.UNAVAILABLE,
                "the files of jobs: " + cause,
                cause);
    }

    /** Whether the system's words are those for a full disk or quota (errno ENOSPC, EDQUOT). */
    static boolean saysFull(IOException cause) {
        String words = String.valueOf(cause.getMessage());
        return words.contains("No space left") || words.contains("quota");
    }
}
