package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.worker.Roster.Seat;
import dev.snug.runtime.worker.Roster.Step;
import dev.snug.runtime.worker.Roster.Ticket;
import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The decisions of a pool, without processes and with times that the test chooses. The oracle is
 * the list of rules in {@link Roster}'s Javadoc.
 */
final class RosterTest {
    private static final long KEEP_NANOS = 1000;
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final List<Ticket<String>> settled = new ArrayList<>();

    private Roster<String> roster(int workers, int requestsMax) {
        return new Roster<>(
                new PoolSettings(workers, 3, requestsMax, 100, Duration.ofNanos(KEEP_NANOS)),
                settled::add);
    }

    private static WorkerException broken() {
        return new WorkerException(Kind.NOT_STARTED, "no java");
    }

    static Seat<String> seat(Ticket<String> ticket) {
        return Objects.requireNonNull(ticket.seat, "a ticket without a seat");
    }

    private static String hand(Ticket<String> ticket) {
        return seat(ticket).hand;
    }

    @Test
    void manyFirstRequestsMakeOneStartAndAreServedInTheirOrder() {
        Roster<String> roster = roster(1, 10);
        List<Ticket<String>> tickets = List.of(roster.join(), roster.join(), roster.join());
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        assertThat(roster.next(0)).isEqualTo(new Step.Wait<>(UNKNOWN));
        roster.started("a", 0);
        for (Ticket<String> ticket : tickets) {
            assertThat(settled.getLast()).isSameAs(ticket);
            assertThat(hand(ticket)).isEqualTo("a");
            assertThat(roster.next(0)).isEqualTo(new Step.Wait<>(UNKNOWN));
            roster.answered(seat(ticket), UNKNOWN, 0);
        }
        assertThat(settled).isEqualTo(tickets);
    }

    @Test
    void severalWorkersStartOneAfterTheOtherWhileSomebodyWaits() {
        Roster<String> roster = roster(2, 10);
        roster.join();
        roster.join();
        Ticket<String> third = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        assertThat(roster.next(0)).isInstanceOf(Step.Wait.class);
        roster.started("a", 0);
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("b", 0);
        assertThat(roster.next(0))
                .as("two workers are all there are")
                .isInstanceOf(Step.Wait.class);
        assertThat(third.settled()).isFalse();
    }

    @Test
    void aFullQueueRefusesTheNext() {
        Roster<String> roster = roster(1, 10);
        roster.join();
        roster.join();
        roster.join();
        assertThatThrownBy(roster::join)
                .isInstanceOfSatisfying(
                        WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY))
                .hasMessage("3 requests wait for 1 workers, and no more may; try again later");
        assertThat(roster.waiting()).isEqualTo(3);
    }

    @Test
    void whoLeavesTheQueueCostsTheOthersNothing() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> first = roster.join();
        Ticket<String> second = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.leave(first, 0);
        roster.started("a", 0);
        assertThat(hand(second)).isEqualTo("a");
    }

    @Test
    void aSeatThatCameWhileItsOwnerLeftGoesToTheNext() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> first = roster.join();
        Ticket<String> second = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        assertThat(hand(first)).isEqualTo("a");
        roster.leave(first, 0);
        assertThat(hand(second)).isEqualTo("a");
    }

    @Test
    void aFailedStartCostsOneRequestAndIsTriedAgainForTheNext() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> first = roster.join();
        Ticket<String> second = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        WorkerException broken = broken();
        roster.notStarted(broken);
        assertThat(first.refusal).isSameAs(broken);
        assertThat(second.settled()).isFalse();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        assertThat(hand(second)).isEqualTo("a");
    }

    @Test
    void aWorkerIsReplacedAfterItsLastRequestAndIsGoneBeforeTheNextStarts() {
        Roster<String> roster = roster(1, 2);
        Ticket<String> first = roster.join();
        Ticket<String> second = roster.join();
        Ticket<String> third = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        roster.answered(seat(first), UNKNOWN, 0);
        roster.answered(seat(second), UNKNOWN, 0);
        assertThat(roster.next(0)).isEqualTo(new Step.End<>("a"));
        assertThat(roster.next(0)).as("a still has its memory").isInstanceOf(Step.Wait.class);
        roster.ended();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("b", 0);
        assertThat(hand(third)).isEqualTo("b");
    }

    @Test
    void driftCountsFromTheFirstAnswerAndReplacesAboveItsLimit() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> ticket = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        for (long resident : new long[] {5000, 5100, 4000, 5100}) {
            roster.answered(seat(ticket), OptionalLong.of(resident), 0);
            ticket = roster.join();
            assertThat(hand(ticket)).isEqualTo("a");
        }
        roster.answered(seat(ticket), OptionalLong.of(5101), 0);
        assertThat(roster.next(0)).isEqualTo(new Step.End<>("a"));
    }

    @Test
    void anIdleWorkerEndsAfterItsKeepAliveAndNotBefore() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> ticket = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        roster.answered(seat(ticket), UNKNOWN, 50);
        OptionalLong expiry = OptionalLong.of(50 + KEEP_NANOS);
        assertThat(roster.next(expiry.getAsLong() - 1)).isEqualTo(new Step.Wait<>(expiry));
        assertThat(roster.next(expiry.getAsLong())).isEqualTo(new Step.End<>("a"));
    }

    @Test
    void aWorkerThatDiedIdleIsReplacedForTheSameRequest() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> ticket = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("dead", 0);
        Ticket<String> later = roster.join();
        roster.rejoin(ticket);
        assertThat(ticket.settled()).isFalse();
        assertThat(roster.next(0)).isEqualTo(new Step.End<>("dead"));
        roster.ended();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        assertThat(hand(ticket)).isEqualTo("a");
        assertThat(later.settled()).isFalse();
    }

    @Test
    void aClosedRosterRefusesEndsAndStops() {
        Roster<String> roster = roster(1, 10);
        Ticket<String> running = roster.join();
        Ticket<String> waiting = roster.join();
        assertThat(roster.next(0)).isInstanceOf(Step.Start.class);
        roster.started("a", 0);
        roster.close();
        assertThat(waiting.refusal).returns(Kind.CLOSED, WorkerException::kind);
        assertThatThrownBy(roster::join).isInstanceOf(WorkerException.class);
        assertThat(roster.next(0)).isInstanceOf(Step.Wait.class);
        roster.answered(seat(running), UNKNOWN, 0);
        assertThat(roster.next(0)).isEqualTo(new Step.End<>("a"));
        roster.ended();
        assertThat(roster.next(0)).isInstanceOf(Step.Stop.class);
    }
}
