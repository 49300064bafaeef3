package dev.snug.server.store;

import dev.snug.runtime.bundle.OwnerAlone;

import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A SQLite file with one connection, opened at its first use: a server that nobody signs in to and
 * that keeps no answers never loads SQLite.
 *
 * <p>For many threads; they take turns. Other processes may use the file at the same time.
 */
public final class Database implements AutoCloseable {
    /** How long another process may hold the file before a transaction fails. */
    public static final int BUSY_MILLIS = 5000;

    /** The file within the data folder. */
    public static final String FILE = "server.db";

    private static final String[] SETTINGS = {
        "pragma busy_timeout=" + BUSY_MILLIS,
        // One fsync a transaction where a rollback journal takes three (0022). Where the file
        // system cannot do it, SQLite keeps its journal, and all else holds.
        "pragma journal_mode=wal",
        "pragma journal_size_limit=524288",
        "pragma wal_autocheckpoint=100",
        "pragma synchronous=full",
        // KiB where negative: all tables but the answers fit, and those are read one by one.
        "pragma cache_size=-128",
        "pragma mmap_size=0",
        "pragma temp_store=memory",
        "pragma foreign_keys=on",
        // What is deleted is overwritten: a session or an answer that ended leaves nothing behind.
        "pragma secure_delete=on",
        "pragma trusted_schema=off",
    };

    private final @Nullable Path folder;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean isClosed;

    private Database(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /** Does it with {@code statements}, which are not kept. */
        T in(Statements statements) throws SQLException;
    }

    /** The database in {@code folder}, which is made when it is first used. */
    public static Database at(Path folder) {
        return new Database(folder);
    }

    /** A database that no disk knows and that ends with {@link #close}. */
    public static Database inMemory() {
        return new Database(null);
    }

    /** Opens it now rather than at its first use, so that what is wrong is said at the start. */
    public void open() {
        turn.lock();
        try {
            connection();
        } finally {
            turn.unlock();
        }
    }

    /** Whether it was opened. */
    public boolean isOpen() {
        turn.lock();
        try {
            return connection != null;
        } finally {
            turn.unlock();
        }
    }

    /** Reads; all that {@code work} sees is of one moment. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return transact(work, "begin", "full");
    }

    /** Changes, whole or not at all; it is on the disk when this returns. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        return transact(work, "begin immediate", "full");
    }

    /**
     * As {@link #write}, but the disk is not waited for: when the power fails, the last seconds may
     * be lost; when the process is killed, nothing is.
     */
    public <T extends @Nullable Object> T note(Work<T> work) {
        return transact(work, "begin immediate", "normal");
    }

    /** Ends it; what runs is waited for. */
    @Override
    public void close() {
        turn.lock();
        try {
            isClosed = true;
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } catch (SQLException e) {
            throw StoreFailures.of(where(), e);
        } finally {
            turn.unlock();
        }
    }

    private <T extends @Nullable Object> T transact(
            Work<T> work, String begin, String synchronous) {
        turn.lock();
        try {
            Connection open = connection();
            try (Statement statement = open.createStatement()) {
                statement.execute("pragma synchronous=" + synchronous);
                statement.execute(begin);
                try {
                    T result = work.in(new Statements(open));
                    statement.execute("commit");
                    return result;
                } catch (Throwable e) {
                    rollBack(statement, e);
                    throw e;
                }
            }
        } catch (SQLException e) {
            throw StoreFailures.of(where(), e);
        } finally {
            turn.unlock();
        }
    }

    /** SQLite has rolled back by itself after some failures, such as a full disk. */
    private static void rollBack(Statement statement, Throwable cause) {
        try {
            statement.execute("rollback");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Connection connection() {
        if (isClosed) {
            throw new StoreException(StoreException.Kind.CLOSED, where() + " is closed");
        }
        if (connection == null) {
            connection = opened();
        }
        return connection;
    }

    private Connection opened() {
        Connection fresh = null;
        try {
            if (folder != null) {
                prepare(folder);
            }
            String file = folder == null ? ":memory:" : folder.resolve(FILE).toString();
            // Not through DriverManager, which would look through all jars for drivers.
            fresh = JDBC.createConnection(JDBC.PREFIX + file, new Properties());
            try (Statement statement = fresh.createStatement()) {
                for (String setting : SETTINGS) {
                    statement.execute(setting);
                }
            }
            Schema.migrate(fresh, where());
            return fresh;
        } catch (SQLException e) {
            StoreException failure = StoreFailures.of(where(), e);
            closeQuietly(fresh, failure);
            throw failure;
        } catch (StoreException e) {
            closeQuietly(fresh, e);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable Connection fresh, StoreException cause) {
        try {
            if (fresh != null) {
                fresh.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * A folder that only its owner may enter, and in it the file, so that SQLite makes neither with
     * wider permissions; its journal gets those of the file.
     */
    private static void prepare(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OwnerAlone.folder(folder));
            }
            if (!Files.exists(file)) {
                Files.createFile(file, OwnerAlone.file(file));
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw new StoreException(
                        StoreException.Kind.FAILED,
                        file + " cannot be made: in its way is " + e,
                        e);
            }
        } catch (AccessDeniedException e) {
            throw new StoreException(
                    StoreException.Kind.READ_ONLY, StoreFailures.readOnly(file.toString()), e);
        } catch (FileSystemException e) {
            throw StoreFailures.of(file.toString(), e);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.FAILED, file + " cannot be made: " + e.getMessage(), e);
        }
    }

    private String where() {
        return folder == null ? "the database in memory" : folder.resolve(FILE).toString();
    }
}
