package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Who waits how long. The oracle is the rule: five are free, then 1, 2, 4 … s, 15 min at most. */
final class ThrottleTest {
    private final FakeClock clock = new FakeClock();
    private final Throttle throttle = new Throttle(clock);

    @ParameterizedTest
    @CsvSource({"0,0", "4,0", "5,1", "6,2", "7,4", "14,512", "15,900", "1000,900"})
    void theWaitDoublesUpToAQuarterOfAnHour(int failures, int seconds) {
        assertThat(Throttle.waitAfter(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void fiveTriesAreFreeAndThenOneWaits() {
        fail(5, "lan", "10.0.0.1");
        assertThat(attempt("lan", "10.0.0.2")).isEqualTo(Duration.ofSeconds(1));
        clock.pass(Duration.ofMillis(600));
        assertThat(attempt("lan", "10.0.0.2")).isEqualTo(Duration.ofMillis(400));
        clock.pass(Duration.ofMillis(400));
        assertThat(attempt("lan", "10.0.0.2")).isZero();
        assertThat(attempt("lan", "10.0.0.2")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aClientThatTriesManyAccountsWaitsToo() {
        for (int i = 0; i < 5; i++) {
            assertThat(attempt("account" + i, "10.0.0.1")).isZero();
        }
        assertThat(attempt("another", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempt("another", "10.0.0.2")).isZero();
    }

    @Test
    void aTryWhileOneWaitsIsNotCounted() {
        fail(5, "lan", "10.0.0.1");
        for (int i = 0; i < 100; i++) {
            assertThat(attempt("lan", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
        }
        clock.pass(Duration.ofSeconds(1));
        assertThat(attempt("lan", "10.0.0.1")).isZero();
    }

    @Test
    void theRightPasswordForgivesTheAccountAndOneTryOfTheClient() throws Exception {
        fail(4, "lan", "10.0.0.1");
        assertThat(attempt("lan", "10.0.0.1")).isZero();
        throttle.succeeded("lan", address("10.0.0.1"));

        assertThat(attempt("lan", "10.0.0.2")).isZero();
        assertThat(attempt("minh", "10.0.0.1")).isZero();
        assertThat(attempt("minh", "10.0.0.1")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aTryThatWasNotDecidedCostsNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(attempt("lan", "10.0.0.1")).isZero();
            throttle.undecided("lan", address("10.0.0.1"));
        }
    }

    @Test
    void anHourAfterTheLastFailureAllIsForgotten() {
        fail(5, "lan", "10.0.0.1");
        clock.pass(Throttle.MEMORY);
        fail(5, "lan", "10.0.0.1");
    }

    @Test
    void clientsOfOneNetworkCountAsOneInVersionSix() {
        for (int i = 1; i <= 5; i++) {
            assertThat(attempt("a" + i, "2001:db8:0:1::" + i)).isZero();
        }
        assertThat(attempt("b", "2001:db8:0:1:ffff::1")).isEqualTo(Duration.ofSeconds(1));
        assertThat(attempt("b", "2001:db8:0:2::1")).isZero();
    }

    @Test
    void theTableIsBoundedAndForgetsTheLongestUnused() {
        fail(5, "lan", "10.0.0.1");
        for (int i = 0; i < Throttle.ENTRIES_MOST / 2; i++) {
            attempt("x" + i, "10.1." + i / 250 + "." + i % 250);
        }
        assertThat(attempt("lan", "10.0.0.2")).isZero();
    }

    private void fail(int times, String account, String client) {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(account, client)).as("try %d", i).isZero();
        }
    }

    private Duration attempt(String account, String client) {
        try {
            return throttle.attempt(account, address(client));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
