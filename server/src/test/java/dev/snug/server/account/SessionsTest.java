package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.account.Sessions.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** When a session ends and when its token is replaced. The oracle is the clock of the test. */
final class SessionsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final House house = House.withLan();
    private final Sessions sessions = house.sessions;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aTokenIs256BitsAndNoTwoAreEqual() {
        String one = begin();
        assertThat(one).hasSize(43).isNotEqualTo(begin());
    }

    @Test
    void anUnusedSessionEndsAfterTwelveHours() {
        String token = begin();
        house.clock.pass(Duration.ofHours(12).minusMillis(1));
        assertThat(sessions.use(token, false)).isPresent();
        house.clock.pass(Duration.ofHours(12));
        assertThat(sessions.use(token, false)).isEmpty();
    }

    @Test
    void aUsedSessionEndsAfterSevenDays() {
        String token = begin();
        for (int hour = 0; hour < 7 * 24 - 1; hour++) {
            house.clock.pass(Duration.ofHours(1));
            assertThat(sessions.use(token, false)).as("hour %d", hour).isPresent();
        }
        house.clock.pass(Duration.ofHours(1));
        assertThat(sessions.use(token, false)).isEmpty();
    }

    @Test
    void aTokenIsReplacedAfterAnHourAndWhereTheReplyCanCarryIt() {
        String token = begin();
        house.clock.pass(Sessions.ROTATION.minusMillis(1));
        assertThat(newToken(token)).isEmpty();
        house.clock.pass(Duration.ofMillis(1));
        assertThat(sessions.use(token, false).orElseThrow().newToken()).isNull();

        String next = newToken(token).orElseThrow();

        assertThat(next).isNotEqualTo(token);
        assertThat(sessions.use(next, true).orElseThrow().account()).isEqualTo("lan");
    }

    @Test
    void aReplacedTokenGoesOnForAMinuteForWhatWasAskedMeanwhile() {
        String old = begin();
        house.clock.pass(Sessions.ROTATION);
        String next = newToken(old).orElseThrow();
        assertThat(sessions.use(next, true)).isPresent();

        house.clock.pass(MINUTE.minusMillis(1));
        assertThat(sessions.use(old, true)).isPresent();
        assertThat(newToken(old)).as("no second one").isEmpty();
    }

    @Test
    void aReplacedTokenThatIsUsedLaterEndsTheWholeSession() {
        String old = begin();
        house.clock.pass(Sessions.ROTATION);
        String next = newToken(old).orElseThrow();
        assertThat(sessions.use(next, true)).isPresent();
        house.clock.pass(MINUTE);

        assertThat(sessions.use(old, true)).isEmpty();
        assertThat(sessions.use(next, true)).isEmpty();
    }

    @Test
    void aTokenReplacedLongAgoEndsTheWholeSessionToo() {
        String first = begin();
        String current = first;
        for (int i = 0; i < 5; i++) {
            house.clock.pass(Sessions.ROTATION);
            current = newToken(current).orElseThrow();
            assertThat(sessions.use(current, true)).isPresent();
        }
        assertThat(sessions.use(first, true)).isEmpty();
        assertThat(sessions.use(current, true)).isEmpty();
    }

    @Test
    void aNewTokenWhoseReplyWasLostIsMadeAgain() {
        String old = begin();
        house.clock.pass(Sessions.ROTATION);
        String lost = newToken(old).orElseThrow();
        assertThat(newToken(old)).as("one at a time").isEmpty();
        house.clock.pass(MINUTE);

        String next = newToken(old).orElseThrow();

        assertThat(sessions.use(next, true)).isPresent();
        assertThat(sessions.use(lost, true)).isEmpty();
        assertThat(sessions.use(next, true)).isPresent();
    }

    @Test
    void theWordOfFormsStaysWhenTheTokenIsReplaced() {
        Sessions.Begun begun = sessions.begin("lan");
        house.clock.pass(Sessions.ROTATION);
        String next = newToken(begun.token()).orElseThrow();
        assertThat(sessions.use(next, true).orElseThrow().csrf()).isEqualTo(begun.csrf());
    }

    @Test
    void aSessionThatWasEndedIsGoneAndTheOthersStay() {
        String one = begin();
        String other = begin();
        sessions.end(one);
        sessions.end("never given");
        assertThat(sessions.use(one, true)).isEmpty();
        assertThat(sessions.use(other, true)).isPresent();
    }

    @Test
    void anotherPasswordEndsAllSessions() {
        String token = begin();
        house.accounts.changePassword("lan", "battery staple");
        assertThat(sessions.use(token, true)).isEmpty();
    }

    @Test
    void anAccountHasAHundredSessionsAndTheLongestUnusedEndsFirst() {
        String first = begin();
        house.clock.pass(MINUTE);
        String second = begin();
        house.clock.pass(MINUTE);
        assertThat(sessions.use(first, false)).isPresent();
        for (int i = 0; i < Sessions.PER_ACCOUNT - 1; i++) {
            begin();
        }
        assertThat(sessions.use(second, false)).isEmpty();
        assertThat(sessions.use(first, false)).isPresent();
    }

    @Test
    void theFileHoldsNoTokenAndNoPassword(@TempDir Path folder) throws Exception {
        String token;
        String made;
        try (House house = House.in(folder, null)) {
            house.accounts.add("lan", House.PASSWORD);
            token = house.sessions.begin("lan").token();
            made =
                    house.tokens
                            .make(
                                    "lan",
                                    "x",
                                    java.util.List.of(dev.snug.server.http.Scope.SPEAK),
                                    1)
                            .token();
        }
        String file = Files.readString(folder.resolve("server.db"), StandardCharsets.ISO_8859_1);
        assertThat(file).contains("lan").doesNotContain(token, made, House.PASSWORD);
    }

    @Test
    void aSessionOfTheEnvironmentsAdminEndsWhenItsHashChanges(@TempDir Path folder) {
        String hash = house.passwords.hash(House.PASSWORD).replace("$04$", "$10$");
        String token;
        try (House before = House.in(folder, hash)) {
            token = before.sessions.begin("admin").token();
            assertThat(before.sessions.use(token, true)).isPresent();
        }
        try (House same = House.in(folder, hash)) {
            assertThat(same.sessions.use(token, true)).isPresent();
        }
        String other = hash.substring(0, hash.length() - 2) + "..";
        try (House changed = House.in(folder, other)) {
            assertThat(changed.sessions.use(token, true)).isEmpty();
        }
        try (House unset = House.in(folder, null)) {
            assertThat(unset.sessions.use(token, true)).isEmpty();
        }
    }

    @Test
    void aDiskThatIsFullSignsNobodyOut() {
        String token = begin();
        long pages = house.database.read(s -> s.whole("pragma page_count"));
        house.database.read(s -> s.whole("pragma max_page_count=" + pages));
        house.clock.pass(Sessions.ROTATION);
        for (int i = 0; i < 50; i++) {
            assertThat(sessions.use(token, true)).isPresent();
            house.clock.pass(MINUTE);
        }
    }

    private String begin() {
        return sessions.begin("lan").token();
    }

    private Optional<String> newToken(String token) {
        Session session = sessions.use(token, true).orElseThrow();
        return Optional.ofNullable(session.newToken());
    }
}
