package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Who asks.
 *
 * @param account name of the account; null for somebody who is not known
 * @param scopes what they may do
 * @param csrfToken what their forms must carry; null where no cookie speaks for them
 * @param setCookie value of a {@code Set-Cookie} header that the reply gets, whatever the handler
 *     answers: the session's token was replaced; null for none
 */
public record Caller(
        @Nullable String account,
        Set<Scope> scopes,
        @Nullable String csrfToken,
        @Nullable String setCookie) {
    /** Somebody who is not known and may do nothing that needs a scope. */
    public static final Caller NOBODY = new Caller(null, Set.of(), null);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody whose reply needs no cookie. */
    public Caller(@Nullable String account, Set<Scope> scopes, @Nullable String csrfToken) {
        this(account, scopes, csrfToken, null);
    }

    /** Whether a browser session or a token says who this is. */
    public boolean isKnown() {
        return account != null;
    }
}
