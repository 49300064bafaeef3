package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.server.http.HttpException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Signing in and out. The oracles are RFC 6265bis for the cookie and the throttle's rule. */
final class SignInTest {
    private final House house = House.withLan();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        assertThat(house.signedIn().setCookie())
                .matches(
                        "snug_session=[A-Za-z0-9_-]{43}; Max-Age=604800; Path=/; HttpOnly;"
                                + " SameSite=Strict");
    }

    @Test
    void overHttpsTheCookieIsOfThisHostAlone() {
        SignIn.Done done =
                house.signIn.with(FakeCall.post("/v1/session").secure(), "lan", House.PASSWORD);
        assertThat(done.setCookie()).startsWith("__Host-snug_session=").endsWith("; Secure");
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreTheSameError() {
        HttpException password = refused(FakeCall.post("/v1/session"), "lan", "wrong horse");
        HttpException account = refused(FakeCall.post("/v1/session"), "minh", "wrong horse");
        assertThat(password.status()).isEqualTo(401);
        assertThat(password.code()).isEqualTo("bad_credentials");
        assertThat(account.words()).isEqualTo(password.words());
    }

    @Test
    void whoGuessesIsLockedOutEvenWithTheRightPassword() {
        for (int i = 0; i < Throttle.FREE; i++) {
            refused(FakeCall.post("/v1/session"), "lan", "wrong horse");
        }
        HttpException locked = refused(FakeCall.post("/v1/session"), "lan", House.PASSWORD);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.code()).isEqualTo("too_many_attempts");
        assertThat(locked.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        house.clock.pass(Duration.ofSeconds(1));
        assertThat(house.signedIn().account()).isEqualTo("lan");
    }

    @Test
    void namesThatNoAccountCanHaveCountAsOne() {
        for (int i = 0; i < Throttle.FREE; i++) {
            refused(FakeCall.post("/").from("10.0.0." + i), "No Name " + i, "wrong horse");
        }
        assertThat(refused(FakeCall.post("/").from("10.0.0.9"), "Another!", "x").status())
                .isEqualTo(429);
    }

    @Test
    void signingInAgainEndsTheSessionBefore() {
        SignIn.Done first = house.signedIn();
        FakeCall again = FakeCall.post("/v1/session").returning(first.setCookie());
        SignIn.Done second = house.signIn.with(again, "lan", House.PASSWORD);
        assertThat(isLive(first)).isFalse();
        assertThat(isLive(second)).isTrue();
        assertThat(second.csrfToken()).isNotEqualTo(first.csrfToken());
    }

    @Test
    void signingOutEndsTheSessionAndTakesTheCookieAway() {
        SignIn.Done lan = house.signedIn();
        String setCookie =
                house.signIn.out(FakeCall.post("/v1/session/end").returning(lan.setCookie()));
        assertThat(setCookie).startsWith("snug_session=; Max-Age=0; Path=/");
        assertThat(isLive(lan)).isFalse();
    }

    @Test
    void signingOutWithoutASessionIsNoError() {
        assertThat(house.signIn.out(FakeCall.post("/v1/session/end"))).contains("Max-Age=0");
    }

    private boolean isLive(SignIn.Done done) {
        FakeCall call = FakeCall.get("/").returning(done.setCookie());
        return house.sessions.use(SessionCookie.of(call).orElseThrow(), false).isPresent();
    }

    private HttpException refused(FakeCall call, String name, String password) {
        HttpException refused =
                catchThrowableOfType(
                        HttpException.class, () -> house.signIn.with(call, name, password));
        assertThat(refused).as("it signed in").isNotNull();
        return refused;
    }
}
