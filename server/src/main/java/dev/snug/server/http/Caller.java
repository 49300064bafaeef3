package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Who asks.
 *
 * @param account name of the account; null for somebody who is not known
 * @param scopes what they may do
 * @param csrfToken what their forms must carry; null where no cookie speaks for them
 */
public record Caller(@Nullable String account, Set<Scope> scopes, @Nullable String csrfToken) {
    /** Somebody who is not known and may do nothing that needs a scope. */
    public static final Caller NOBODY = new Caller(null, Set.of(), null);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether a browser session or a token says who this is. */
    public boolean isKnown() {
        return account != null;
    }
}
