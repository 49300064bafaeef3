package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply.Header;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What pages let people do with accounts. From many threads at once. */
public interface SignIns {
    /**
     * A token as its owner sees it: never its secret.
     *
     * @param id to revoke it with
     * @param name that its owner gave it
     * @param scopes what it may do
     * @param created when
     * @param expires when it ends; null for never
     * @param lastUsed when; null for never, or where that is not kept
     */
    record Token(
            String id,
            String name,
            Set<Scope> scopes,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant lastUsed) {
        public Token {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * Begins a session.
     *
     * @return the headers that give the session to the browser
     * @throws HttpException 401 {@code bad_credentials} when name or password is wrong, 429 {@code
     *     too_many_attempts} with a time after too many attempts
     */
    List<Header> signIn(Call call, String account, String password);

    /**
     * Ends the session that the call came with; nothing when there is none.
     *
     * @return the headers that take it from the browser
     */
    List<Header> signOut(Call call);

    /** Whether {@code link} is the one-time link that makes the first account. */
    boolean isFirstLink(String link);

    /**
     * Makes the first account, spends the link and begins a session.
     *
     * @return the headers that give the session to the browser
     * @throws HttpException 403 {@code bad_link} when the link is not or no longer good, 400 {@code
     *     bad_account} when name or password will not do
     */
    List<Header> createFirst(Call call, String link, String account, String password);

    /** The tokens of an account, newest first. */
    List<Token> tokens(String account);

    /**
     * Makes a token.
     *
     * @return its secret, which nobody can ask for again
     * @throws HttpException 400 when the name is not good or there are too many
     */
    String createToken(String account, String name, Set<Scope> scopes);

    /** Revokes a token; nothing when the account has none with this id. */
    void revokeToken(String account, String id);
}
