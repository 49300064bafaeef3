package dev.snug.server.account;

import dev.snug.server.http.Scope;
import dev.snug.server.store.Database;
import dev.snug.server.store.Row;
import dev.snug.server.store.StoreException;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What programs are let in with: {@code snug_} and 40 random letters and digits (238 bits), shown
 * once, kept as SHA-256. A token does what its scopes say, never more, and ends with its account.
 */
public final class ApiTokens {
    /** What every token begins with, so that it is recognised where it should not be. */
    public static final String PREFIX = "snug_";

    /** Random letters and digits of a token. */
    public static final int CHARS = 40;

    /** Longest name. */
    public static final int NAME_CHARS = 64;

    /** Most days that a token may live. */
    public static final int DAYS_MOST = 3650;

    /** Days that a token lives when nobody says how many. */
    public static final int DAYS = 365;

    /** Most tokens of an account. */
    public static final int PER_ACCOUNT = 100;

    private static final long NOTED_MILLIS = Duration.ofMinutes(1).toMillis();

    private static final String COLUMNS =
            "select id, account, name, scopes, created, expires, used from api_token ";

    private final Database database;
    private final Accounts accounts;
    private final InstantSource clock;

    /** The tokens of a database. */
    public ApiTokens(Database database, Accounts accounts, InstantSource clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * A token that was just made.
     *
     * @param token shown once
     * @param known what is known of it from now on
     */
    public record Made(String token, ApiToken known) {}

    /**
     * Makes a token.
     *
     * @param name 1 to 64 characters, none of them a control character
     * @param scopes at least one
     * @param days 1 to 3650
     * @throws AccountException when one of these is not as it must be, the account is not there, or
     *     has 100 tokens
     */
    public Made make(String account, String name, Collection<Scope> scopes, int days) {
        require(account, name, scopes, days);
        String token = PREFIX + Secret.base62(CHARS);
        long now = clock.millis();
        long expires = now + Duration.ofDays(days).toMillis();
        ApiToken known =
                database.write(
                        statements -> {
                            long count =
                                    statements.whole(
                                            "select count(*) from api_token where account = ?",
                                            account);
                            if (count >= PER_ACCOUNT) {
                                throw AccountException.taken(
                                        account
                                                + " has "
                                                + PER_ACCOUNT
                                                + " tokens, the most: revoke one");
                            }
                            statements.change(
                                    "insert into api_token(account, name, hash, scopes, created,"
                                            + " expires) values(?, ?, ?, ?, ?, ?)",
                                    account,
                                    name,
                                    Secret.sha256(token),
                                    words(scopes),
                                    now,
                                    expires);
                            long id = statements.whole("select last_insert_rowid()");
                            return new ApiToken(
                                    id, account, name, Set.copyOf(scopes), now, expires, null);
                        });
        return new Made(token, known);
    }

    /** The tokens of an account, the newest first; those that ended too. */
    public List<ApiToken> list(String account) {
        return database.read(
                statements ->
                        statements.all(
                                COLUMNS + "where account = ? order by id desc limit " + PER_ACCOUNT,
                                ApiTokens::token,
                                account));
    }

    /**
     * Ends a token.
     *
     * @throws AccountException when the account has none of this number
     */
    public void revoke(String account, long id) {
        int revoked =
                database.write(
                        statements ->
                                statements.change(
                                        "delete from api_token where account = ? and id = ?",
                                        account,
                                        id));
        if (revoked == 0) {
            throw AccountException.missing(account + " has no token with the number " + id);
        }
    }

    /** The token that these characters are; empty when it is unknown, revoked or too old. */
    Optional<ApiToken> use(String token) {
        if (!token.startsWith(PREFIX) || token.length() != PREFIX.length() + CHARS) {
            return Optional.empty();
        }
        byte[] hash = Secret.sha256(token);
        Optional<ApiToken> found =
                database.read(
                        statements ->
                                statements.first(
                                        COLUMNS + "where hash = ?", ApiTokens::token, hash));
        long now = clock.millis();
        if (found.isEmpty() || !isGood(found.get(), now)) {
            return Optional.empty();
        }
        Long used = found.get().used();
        if (used == null || now - used >= NOTED_MILLIS) {
            note(found.get().id(), now);
        }
        return found;
    }

    private boolean isGood(ApiToken token, long now) {
        Long expires = token.expires();
        return (expires == null || now < expires) && accounts.contains(token.account());
    }

    private void note(long id, long now) {
        try {
            database.note(
                    statements ->
                            statements.change(
                                    "update api_token set used = ? where id = ?", now, id));
        } catch (StoreException e) {
            // A full disk is no reason to let nobody in; the next use notes it.
            return;
        }
    }

    private void require(String account, String name, Collection<Scope> scopes, int days) {
        boolean isPrintable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > NAME_CHARS || !isPrintable) {
            throw AccountException.invalid(
                    "a token's name is 1 to " + NAME_CHARS + " printable characters");
        }
        if (scopes.isEmpty()) {
            throw AccountException.invalid(
                    "a token needs at least one scope: classify, speak, jobs, status, admin");
        }
        if (days < 1 || days > DAYS_MOST) {
            throw AccountException.invalid("a token lives 1 to " + DAYS_MOST + " days");
        }
        if (!accounts.contains(account)) {
            throw AccountException.missing("there is no account " + account);
        }
    }

    private static String words(Collection<Scope> scopes) {
        StringBuilder words = new StringBuilder();
        for (Scope scope : EnumSet.copyOf(scopes)) {
            words.append(words.isEmpty() ? "" : " ").append(scope.word());
        }
        return words.toString();
    }

    private static Set<Scope> scopes(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            // No word is part of another one.
            if (words.contains(scope.word())) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    private static ApiToken token(Row row) throws SQLException {
        return new ApiToken(
                row.whole(1),
                row.text(2),
                row.text(3),
                scopes(row.text(4)),
                row.whole(5),
                row.wholeOrNull(6),
                row.wholeOrNull(7));
    }
}
