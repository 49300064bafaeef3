package dev.snug.server.redis;

/** Why the database did not do what it was told. */
public final class RedisException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What went wrong. */
    public enum Kind {
        /** It does not answer in time, or not yet: what it was told may be done or not. */
        GONE,
        /** It has no room: nothing was done. */
        FULL,
        /** It knows no such password, command or form: another try would end the same way. */
        REFUSED
    }

    RedisException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    RedisException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
