package dev.snug.server.account;

import java.io.Serial;

/** An account or a token that cannot be made, changed or found as asked. */
public final class AccountException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** A name, password, hash or number is not as it must be. */
        INVALID,
        /** It is there already, or there are as many as there may be. */
        TAKEN,
        /** It is not there. */
        MISSING
    }

    AccountException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static AccountException invalid(String message) {
        return new AccountException(Kind.INVALID, message);
    }

    static AccountException taken(String message) {
        return new AccountException(Kind.TAKEN, message);
    }

    static AccountException missing(String message) {
        return new AccountException(Kind.MISSING, message);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }
}
