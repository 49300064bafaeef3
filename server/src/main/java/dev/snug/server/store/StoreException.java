package dev.snug.server.store;

import java.io.Serial;

/** The store's file cannot be opened, read or written. */
public final class StoreException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong, by who can mend it. */
    public enum Kind {
        /** The file is no database, or parts of it are damaged. */
        DAMAGED,
        /** A later Snug wrote it. */
        NEWER,
        /** The disk has no room. */
        FULL,
        /** File or folder may not be written. */
        READ_ONLY,
        /** Another process held it for longer than {@link Database#BUSY_MILLIS}. */
        BUSY,
        /** This server is ending. */
        CLOSED,
        /** Anything else that the disk or SQLite refused. */
        FAILED
    }

    StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
