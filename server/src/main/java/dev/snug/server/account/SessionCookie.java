package dev.snug.server.account;

import dev.snug.server.http.Call;

import java.util.Optional;

/**
 * The cookie that carries a session's token (RFC 6265bis): out of reach for scripts, sent by pages
 * of this server alone. Over HTTPS its name begins with {@code __Host-}, so that no other host of
 * the domain and no page without encryption can put one in its place.
 */
final class SessionCookie {
    private static final String NAME = "snug_session";
    private static final String SECURE_NAME = "__Host-snug_session";

    /** Characters of a token; what is longer was not made here. */
    private static final int TOKEN_CHARS = 43;

    private SessionCookie() {}

    /** The token that came with {@code call}. */
    static Optional<String> of(Call call) {
        return call.cookie(name(call)).filter(token -> token.length() == TOKEN_CHARS);
    }

    /** Value of {@code Set-Cookie} that brings {@code token}. */
    static String bringing(Call call, String token) {
        return name(call)
                + "="
                + token
                + "; Max-Age="
                + Sessions.LIFE_MOST.toSeconds()
                + attributes(call);
    }

    /** Value of {@code Set-Cookie} that takes it away. */
    static String removing(Call call) {
        return name(call) + "=; Max-Age=0" + attributes(call);
    }

    private static String name(Call call) {
        return call.isSecure() ? SECURE_NAME : NAME;
    }

    private static String attributes(Call call) {
        return "; Path=/; HttpOnly; SameSite=Strict" + (call.isSecure() ? "; Secure" : "");
    }
}
