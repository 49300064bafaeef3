package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Times are given, not measured: limits are 10, 120 and 30 seconds, the deadline 300. */
class TurnTest {
    private static final FrontLimits LIMITS = FrontLimits.DEFAULT;
    private static final long SECOND = 1_000_000_000L;

    private final Turn turn = new Turn(Thread.currentThread(), 0);

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void eachPhaseHasItsLimit() {
        assertThat(due(Turn.Phase.HEAD, 10 * SECOND - 1, 0)).isNull();
        assertThat(due(Turn.Phase.HEAD, 10 * SECOND, 0)).isEqualTo(Turn.Cut.HEAD_SLOW);
        assertThat(due(Turn.Phase.BODY, 119 * SECOND, 900 * SECOND)).isNull();
        assertThat(due(Turn.Phase.BODY, 120 * SECOND, 0)).isEqualTo(Turn.Cut.BODY_SLOW);
        assertThat(due(Turn.Phase.WORK, 900 * SECOND, 299 * SECOND)).isNull();
        assertThat(due(Turn.Phase.WORK, 0, 300 * SECOND)).isEqualTo(Turn.Cut.DEADLINE);
        assertThat(due(Turn.Phase.WRITE, 29 * SECOND, 299 * SECOND)).isNull();
        assertThat(due(Turn.Phase.WRITE, 30 * SECOND, 0)).isEqualTo(Turn.Cut.WRITE_SLOW);
        assertThat(due(Turn.Phase.WRITE, 0, 300 * SECOND)).isEqualTo(Turn.Cut.DEADLINE);
        assertThat(due(Turn.Phase.LINGER, SECOND, 900 * SECOND)).isNull();
        assertThat(due(Turn.Phase.LINGER, 2 * SECOND, 0)).isEqualTo(Turn.Cut.LINGERED);
    }

    @Test
    void theDeadlineBeginsWhenTheBodyIsThere() {
        begin(0);
        turn.enter(Turn.Phase.BODY, 0);
        turn.enter(Turn.Phase.WORK, 100 * SECOND);
        assertThat(turn.check(399 * SECOND, LIMITS)).isNull();
        assertThat(turn.check(400 * SECOND, LIMITS)).isEqualTo(Turn.Cut.DEADLINE);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void onePhaseIsInterruptedOnceAndTheFirstReasonStays() {
        begin(0);
        assertThat(turn.end(Turn.Cut.GONE)).isTrue();
        assertThat(turn.end(Turn.Cut.STOPPING)).isFalse();
        turn.enter(Turn.Phase.WRITE, 0);
        assertThat(turn.check(30 * SECOND, LIMITS)).isEqualTo(Turn.Cut.WRITE_SLOW);
        assertThat(turn.cut()).isEqualTo(Turn.Cut.GONE);
    }

    @Test
    void whatIsSettledIsNotInterruptedForWorkThatIsOver() {
        begin(0);
        assertThat(turn.end(Turn.Cut.DEADLINE)).isTrue();
        turn.settle(SECOND);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(turn.end(Turn.Cut.GONE)).isFalse();
        turn.enter(Turn.Phase.WRITE, SECOND);
        assertThat(turn.check(2 * SECOND, LIMITS)).isNull();
    }

    @Test
    void aHeadThatMetItsLimitAtTheEndIsMet() {
        assertThat(turn.check(10 * SECOND, LIMITS)).isEqualTo(Turn.Cut.HEAD_SLOW);
        begin(10 * SECOND);
        assertThat(turn.cut()).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void onlyWorkIsWatchedAndOnlyWhenItLasts() {
        assertThat(turn.watched(9 * SECOND, SECOND)).isNull();
        begin(0);
        assertThat(turn.watched(SECOND - 1, SECOND)).isNull();
        assertThat(turn.watched(SECOND, SECOND)).isNotNull();
        turn.enter(Turn.Phase.BODY, SECOND);
        assertThat(turn.watched(9 * SECOND, SECOND)).isNull();
    }

    private void begin(long nanos) {
        InetSocketAddress end = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        turn.begin(new Departures.Connection(end, end), nanos);
    }

    private static Turn.@Nullable Cut due(Turn.Phase phase, long nanos, long workNanos) {
        return Turn.due(phase, nanos, workNanos, LIMITS);
    }
}
