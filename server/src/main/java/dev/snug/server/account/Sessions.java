package dev.snug.server.account;

import dev.snug.server.store.Database;
import dev.snug.server.store.Row;
import dev.snug.server.store.Statements;
import dev.snug.server.store.StoreException;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who signed in with a browser, by a random token of 256 bits of which SHA-256 is kept.
 *
 * <p>A token older than {@link #ROTATION} is replaced. The old one goes on until the new one was
 * first used, for its reply may be lost, and {@link #GRACE} longer, for a page asks for several
 * things at once. After that a use of it ends the whole session: two hold it, and one stole it.
 *
 * <p>A disk that cannot be written signs nobody out: what cannot be noted is noted later.
 */
public final class Sessions {
    /** Unused for so long, a session ends. */
    public static final Duration IDLE_MOST = Duration.ofHours(12);

    /** So old, a session ends. */
    public static final Duration LIFE_MOST = Duration.ofDays(7);

    /** After which a token is replaced. */
    public static final Duration ROTATION = Duration.ofHours(1);

    /** How long an old token goes on beside a new one that is in use. */
    public static final Duration GRACE = Duration.ofMinutes(1);

    /** Most sessions of an account; the longest unused ends first. */
    public static final int PER_ACCOUNT = 100;

    /** How exactly it is known when a session was last used. */
    static final Duration NOTED = Duration.ofMinutes(1);

    private static final String FIND =
            "select s.id, s.account, s.stamp, s.csrf, s.created, s.used, t.issued, t.confirmed,"
                    + " t.ends from session_token t join session s on s.id = t.session"
                    + " where t.hash = ?";

    private final Database database;
    private final Accounts accounts;
    private final InstantSource clock;

    /** The sessions of a database. */
    public Sessions(Database database, Accounts accounts, InstantSource clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** A session that just began: its token, and what its forms carry. */
    record Begun(String token, String csrf) {}

    /**
     * A session that goes on.
     *
     * @param newToken what replaces the token that asked; null for nothing
     */
    record Session(String account, String csrf, @Nullable String newToken) {}

    private record Found(long id, String account, String stamp, String csrf, SessionTimes times) {}

    /** Begins a session of {@code account}, which has proved who it is. */
    Begun begin(String account) {
        String stamp = accounts.stamp(account).orElseThrow();
        Begun begun = new Begun(Secret.random(), Secret.random());
        long now = clock.millis();
        return database.write(
                statements -> {
                    tidy(statements, account, now);
                    statements.change(
                            "insert into session(account, stamp, csrf, created, used)"
                                    + " values(?, ?, ?, ?, ?)",
                            account,
                            stamp,
                            begun.csrf,
                            now,
                            now);
                    long id = statements.whole("select last_insert_rowid()");
                    issue(statements, id, begun.token, now);
                    return begun;
                });
    }

    /**
     * The session that {@code token} is of; empty when there is none, or none any more.
     *
     * @param mayReplace whether a new token can be handed out with the reply
     */
    Optional<Session> use(String token, boolean mayReplace) {
        byte[] hash = Secret.sha256(token);
        Found found = database.read(s -> s.first(FIND, Sessions::found, hash)).orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        long now = clock.millis();
        boolean isOfPassword =
                accounts.stamp(found.account).filter(found.stamp::equals).isPresent();
        if (!isOfPassword || found.times.at(now) != SessionTimes.Verdict.LIVE) {
            note(statements -> remove(statements, found.id));
            return Optional.empty();
        }
        boolean isDue = mayReplace && found.times.isOldAt(now);
        String newToken =
                isDue || found.times.isNewsAt(now)
                        ? note(statements -> goOn(statements, found, hash, now, isDue))
                        : null;
        return Optional.of(new Session(found.account, found.csrf, newToken));
    }

    /** Ends the session that {@code token} is of, where there is one. */
    void end(String token) {
        database.write(
                statements ->
                        statements.change(
                                "delete from session where id in"
                                        + " (select session from session_token where hash = ?)",
                                (Object) Secret.sha256(token)));
    }

    /** Notes what can be noted. */
    private @Nullable String note(Database.Work<@Nullable String> work) {
        try {
            return database.note(work);
        } catch (StoreException e) {
            // Said by whoever writes next and must; a full disk is no reason to sign people out.
            return null;
        }
    }

    private static @Nullable String remove(Statements statements, long id) throws SQLException {
        statements.change("delete from session where id = ?", id);
        return null;
    }

    /** Notes the use, and returns the token that replaces the one of {@code hash}, or null. */
    private static @Nullable String goOn(
            Statements statements, Found found, byte[] hash, long now, boolean isDue)
            throws SQLException {
        statements.change("update session set used = max(used, ?) where id = ?", now, found.id);
        if (found.times.confirmed() == null) {
            statements.change("update session_token set confirmed = ? where hash = ?", now, hash);
            statements.change(
                    "update session_token set ends = ?"
                            + " where session = ? and hash <> ? and ends is null",
                    now + GRACE.toMillis(),
                    found.id,
                    hash);
        }
        if (!isDue) {
            return null;
        }
        // A replacement that nobody used within a minute was lost on its way.
        statements.change(
                "delete from session_token where session = ? and confirmed is null and issued <= ?",
                found.id,
                now - GRACE.toMillis());
        long onTheirWay =
                statements.whole(
                        "select count(*) from session_token where session = ?"
                                + " and (confirmed is null or issued > ?)",
                        found.id,
                        found.times.issued());
        if (onTheirWay > 0) {
            return null;
        }
        String token = Secret.random();
        issue(statements, found.id, token, now);
        return token;
    }

    private static void issue(Statements statements, long session, String token, long now)
            throws SQLException {
        statements.change(
                "insert into session_token(hash, session, issued) values(?, ?, ?)",
                Secret.sha256(token),
                session,
                now);
    }

    private static void tidy(Statements statements, String account, long now) throws SQLException {
        statements.change(
                "delete from session where used <= ? or created <= ?",
                now - IDLE_MOST.toMillis(),
                now - LIFE_MOST.toMillis());
        statements.change(
                "delete from session where account = ? and id not in (select id from session"
                        + " where account = ? order by used desc, id desc limit ?)",
                account,
                account,
                PER_ACCOUNT - 1);
    }

    private static Found found(Row row) throws SQLException {
        return new Found(
                row.whole(1),
                row.text(2),
                row.text(3),
                row.text(4),
                new SessionTimes(
                        row.whole(5),
                        row.whole(6),
                        row.whole(7),
                        row.wholeOrNull(8),
                        row.wholeOrNull(9)));
    }
}
