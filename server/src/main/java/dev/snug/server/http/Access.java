package dev.snug.server.http;

/**
 * Who may use a route.
 *
 * @param kind whether somebody must be known
 * @param scope what that somebody must be allowed to
 */
public record Access(Kind kind, Scope scope) {
    /** Whether somebody must be known. */
    public enum Kind {
        /** Anybody, always: health checks, style sheets, the sign-in page. */
        ANYBODY,

        /** Anybody while the server is open, as it is on loopback; else as {@link #SIGNED_IN}. */
        OPEN_ON_LOOPBACK,

        /** Only a session or a token with the scope, on loopback too. */
        SIGNED_IN
    }

    /** Anybody. */
    public static final Access ANYBODY = new Access(Kind.ANYBODY, Scope.STATUS);

    /** {@link Kind#OPEN_ON_LOOPBACK} with this scope. */
    public static Access open(Scope scope) {
        return new Access(Kind.OPEN_ON_LOOPBACK, scope);
    }

    /** {@link Kind#SIGNED_IN} with this scope. */
    public static Access signedIn(Scope scope) {
        return new Access(Kind.SIGNED_IN, scope);
    }
}
