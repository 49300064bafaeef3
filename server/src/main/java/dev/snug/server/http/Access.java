package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Who may use a route.
 *
 * @param kind whether somebody must be known
 * @param scope what that somebody must be allowed to
 * @param or another scope that will do as well; null for none
 */
public record Access(Kind kind, Scope scope, @Nullable Scope or) {
    /** Whether somebody must be known. */
    public enum Kind {
        /** Anybody, always: health checks, style sheets, the sign-in page. */
        ANYBODY,

        /** Anybody while the server is open, as it is on loopback; else as {@link #SIGNED_IN}. */
        OPEN_ON_LOOPBACK,

        /** Only a session or a token with the scope, on loopback too. */
        SIGNED_IN
    }

    /** With one scope. */
    public Access(Kind kind, Scope scope) {
        this(kind, scope, null);
    }

    /** Anybody. */
    public static final Access ANYBODY = new Access(Kind.ANYBODY, Scope.STATUS);

    /** {@link Kind#OPEN_ON_LOOPBACK} with this scope. */
    public static Access open(Scope scope) {
        return new Access(Kind.OPEN_ON_LOOPBACK, scope);
    }

    /** The same with either of two; which of them a call needs is for its handler to say. */
    public static Access openTo(Scope scope, Scope or) {
        return new Access(Kind.OPEN_ON_LOOPBACK, scope, or);
    }

    /** Whether one of {@code scopes} will do. */
    public boolean isGranted(Set<Scope> scopes) {
        return scopes.contains(scope) || (or != null && scopes.contains(or));
    }

    /** {@link Kind#SIGNED_IN} with this scope. */
    public static Access signedIn(Scope scope) {
        return new Access(Kind.SIGNED_IN, scope);
    }
}
