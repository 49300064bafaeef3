package dev.snug.server.account;

import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.Caller;
import dev.snug.server.http.Guard;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Scope;
import dev.snug.server.store.StoreException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Knows a caller by {@code Authorization: Bearer snug_…} (RFC 6750), else by the session's cookie.
 *
 * <p>Where anybody may, a wrong or old token is as none: clients that insist on sending some key
 * work with an open server. Everywhere else it is an error that says what is wrong with it. A call
 * that a cookie speaks for must prove that it is not forged ({@link Csrf}); one to a route for
 * anybody that does not is answered as nobody's.
 */
public final class AccountGuard implements Guard {
    private static final String BEARER = "bearer ";
    private static final Set<Scope> ALL = Set.copyOf(EnumSet.allOf(Scope.class));

    private final Sessions sessions;
    private final ApiTokens tokens;
    private final boolean isOpen;
    private final Consumer<String> log;
    private final AtomicBoolean isFailing = new AtomicBoolean();

    /**
     * A guard.
     *
     * @param isOpen whether routes that are open on loopback are open
     * @param log told once, in a line, when the store begins to fail
     */
    public AccountGuard(Sessions sessions, ApiTokens tokens, boolean isOpen, Consumer<String> log) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.isOpen = isOpen;
        this.log = log;
    }

    @Override
    public Caller admit(Call call, Access access) {
        try {
            Caller caller = known(call, access);
            isFailing.set(false);
            return requireScope(caller, access);
        } catch (StoreException e) {
            if (isFailing.compareAndSet(false, true)) {
                log.accept("accounts cannot be read now: " + e.getMessage());
            }
            if (access.kind() == Access.Kind.ANYBODY) {
                return Caller.NOBODY;
            }
            throw HttpException.of(
                            503,
                            "store_failed",
                            "accounts cannot be read now; the server's log says why")
                    .retryAfter(Duration.ofSeconds(10));
        }
    }

    private Caller known(Call call, Access access) {
        Optional<String> bearer = bearer(call);
        if (bearer.isPresent()) {
            Optional<ApiToken> token = tokens.use(bearer.get());
            if (token.isPresent()) {
                return new Caller(token.get().account(), token.get().scopes(), null);
            }
            return nobody(access, "bad_token", "this token is unknown, revoked or expired");
        }
        Optional<String> cookie = SessionCookie.of(call);
        if (cookie.isEmpty()) {
            return nobody(
                    access,
                    "sign_in_required",
                    "sign in, or send a token: Authorization: Bearer snug_…");
        }
        // A reply that others may keep, such as a style sheet, must carry no cookie.
        boolean mayReplace = Csrf.changesNothing(call) && access.kind() != Access.Kind.ANYBODY;
        Optional<Sessions.Session> session = sessions.use(cookie.get(), mayReplace);
        if (session.isEmpty()) {
            return nobody(access, "session_expired", "this session ended; sign in again");
        }
        return genuine(call, access, session.get());
    }

    private Caller genuine(Call call, Access access, Sessions.Session session) {
        if (!Csrf.isGenuine(call, session.csrf())) {
            if (access.kind() == Access.Kind.ANYBODY) {
                return Caller.NOBODY;
            }
            throw HttpException.of(
                            403,
                            "bad_csrf_token",
                            "the form is too old or was not made by this server: load the page"
                                    + " again; programs send the header "
                                    + Csrf.HEADER)
                    .about(Csrf.FIELD);
        }
        String newToken = session.newToken();
        return new Caller(
                session.account(),
                ALL,
                session.csrf(),
                newToken == null ? null : SessionCookie.bringing(call, newToken));
    }

    private Caller nobody(Access access, String code, String message) {
        if (mayBeAnybody(access)) {
            return Caller.NOBODY;
        }
        throw HttpException.of(401, code, message);
    }

    private Caller requireScope(Caller caller, Access access) {
        if (mayBeAnybody(access) || access.isGranted(caller.scopes())) {
            return caller;
        }
        throw HttpException.of(
                403, "insufficient_scope", "this token lacks the scope " + access.scope().word());
    }

    private boolean mayBeAnybody(Access access) {
        return access.kind() == Access.Kind.ANYBODY
                || (access.kind() == Access.Kind.OPEN_ON_LOOPBACK && isOpen);
    }

    private static Optional<String> bearer(Call call) {
        return call.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }
}
