package dev.snug.server.account;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;

import java.time.Duration;

/**
 * How somebody becomes known to this server, and unknown again.
 *
 * <p>A page of another site could send its visitor's browser here to sign in as somebody else
 * (login CSRF). Against that there is no token, since nobody is known yet: the transport refuses
 * calls that change something and whose {@code Origin} is another one, and JSON must say that it is
 * JSON, which other sites cannot without being asked.
 */
public final class SignIn {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Throttle throttle;

    /** Signing in to these accounts. */
    public SignIn(Accounts accounts, Sessions sessions, Throttle throttle) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.throttle = throttle;
    }

    /**
     * Somebody who just signed in.
     *
     * @param account who
     * @param setCookie value of the reply's {@code Set-Cookie}
     * @param csrfToken what their forms and calls must carry
     */
    public record Done(String account, String setCookie, String csrfToken) {}

    /**
     * Begins a session; one that the call's cookie is of ends.
     *
     * @throws HttpException 401 {@code bad_credentials}, whichever of the two is wrong; 429 {@code
     *     too_many_attempts} after too many failures, with the time to wait; 503 while too many
     *     sign in at once
     */
    public Done with(Call call, String name, String password) {
        // What can be no account's name is counted as one: the table holds no text from outside.
        String counted = Account.isName(name) ? name : "";
        Duration wait = throttle.attempt(counted, call.client());
        if (!wait.isZero()) {
            long seconds = (wait.toMillis() + 999) / 1000;
            throw HttpException.of(
                            429,
                            "too_many_attempts",
                            "too many failed; try again in " + seconds + " s")
                    .retryAfter(Duration.ofSeconds(seconds));
        }
        boolean isRight;
        try {
            isRight = accounts.isRight(name, password);
        } catch (RuntimeException e) {
            throttle.undecided(counted, call.client());
            throw e;
        }
        if (!isRight) {
            throw HttpException.of(401, "bad_credentials", "account or password is wrong");
        }
        throttle.succeeded(counted, call.client());
        SessionCookie.of(call).ifPresent(sessions::end);
        Sessions.Begun begun = sessions.begin(name);
        return new Done(name, SessionCookie.bringing(call, begun.token()), begun.csrf());
    }

    /**
     * Ends the session that the call's cookie is of.
     *
     * @return value of the reply's {@code Set-Cookie}
     */
    public String out(Call call) {
        SessionCookie.of(call).ifPresent(sessions::end);
        return SessionCookie.removing(call);
    }
}
