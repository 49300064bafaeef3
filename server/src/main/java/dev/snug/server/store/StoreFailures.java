package dev.snug.server.store;

import dev.snug.server.store.StoreException.Kind;

import org.sqlite.SQLiteErrorCode;

import java.nio.file.FileSystemException;
import java.sql.SQLException;

/** What SQLite's codes (sqlite.org/rescode.html) and the file system's words mean to a person. */
final class StoreFailures {
    /** The primary code is the low byte of an extended one. */
    private static final int PRIMARY = 0xff;

    private StoreFailures() {}

    static StoreException of(String where, SQLException cause) {
        int code = cause.getErrorCode() & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return new StoreException(
                    Kind.DAMAGED,
                    where
                            + " is damaged or no database, and was left as it is: put a copy of"
                            + " yours in its place, or move it away to begin anew",
                    cause);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new StoreException(
                    Kind.FULL, where + ": the disk is full; nothing was changed", cause);
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return new StoreException(Kind.READ_ONLY, readOnly(where), cause);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code
                || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new StoreException(
                    Kind.BUSY,
                    where
                            + " was held by another process for "
                            + Database.BUSY_MILLIS / 1000
                            + " s; try again",
                    cause);
        }
        return new StoreException(Kind.FAILED, where + ": " + cause.getMessage(), cause);
    }

    static StoreException of(String where, FileSystemException cause) {
        String reason = String.valueOf(cause.getReason());
        if (reason.contains("No space left") || reason.contains("quota")) {
            return new StoreException(
                    Kind.FULL, where + ": the disk is full; nothing was changed", cause);
        }
        if (reason.contains("Read-only")) {
            return new StoreException(Kind.READ_ONLY, readOnly(where), cause);
        }
        return new StoreException(Kind.FAILED, where + " cannot be made: " + reason, cause);
    }

    static String readOnly(String where) {
        return where
                + " cannot be opened for writing: let this user write its folder, or name another"
                + " one with --data or SNUG_DATA";
    }
}
