package dev.snug.server.job;

/** Why a store of jobs does not do what it was asked. */
public final class JobException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What went wrong. */
    public enum Kind {
        /** The database does not answer; nothing was changed as far as is known; later it may. */
        UNAVAILABLE,
        /** There is no room for more jobs now. */
        FULL,
        /** The key was used for another order. */
        KEY_REUSED,
        /** The disk or the database is full. */
        NO_SPACE,
        /** The database cannot keep a queue, such as one that evicts; for the start of a server. */
        UNFIT
    }

    /** With words for people. */
    public JobException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** With words for people and what caused it. */
    public JobException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
