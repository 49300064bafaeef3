package dev.snug.server.account;

import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * What is known of a token, without the token.
 *
 * @param id its number
 * @param account whose it is
 * @param name what it is for, as its owner wrote it
 * @param scopes what it may do, at least one
 * @param created milliseconds since 1970, as all times here
 * @param expires when it ends; null for never
 * @param used when it was last used, a minute more or less; null for never
 */
public record ApiToken(
        long id,
        String account,
        String name,
        Set<Scope> scopes,
        long created,
        @Nullable Long expires,
        @Nullable Long used) {
    public ApiToken {
        scopes = Set.copyOf(scopes);
    }
}
