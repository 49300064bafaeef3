package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.worker.Roster.Step;
import dev.snug.runtime.worker.Roster.Ticket;
import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A pool's decisions over random histories. The oracle counts: a line that the test keeps itself,
 * and the workers that were started and ended.
 */
final class RosterHistoryTest {
    @Test
    void inRandomHistoriesNobodyOvertakesAndNeverTooManyWorkersLive() {
        for (int seed = 0; seed < 200; seed++) {
            new History(new Random(seed)).play();
        }
    }

    /** Joins, leaves, answers, deaths and failed starts in random order; then all is drained. */
    private static final class History {
        private static final int WORKERS = 3;
        private final Random random;
        private final List<Ticket<String>> line = new ArrayList<>();
        private final List<Ticket<String>> running = new ArrayList<>();
        private final Roster<String> roster;
        private boolean starting;
        private int live;
        private int names;

        History(Random random) {
            this.random = random;
            this.roster =
                    new Roster<>(
                            new PoolSettings(WORKERS, 50, 5, 100, Duration.ofNanos(20)),
                            this::settled);
        }

        private void settled(Ticket<String> ticket) {
            // A ticket that is settled while it joins is not in the line yet.
            if (line.isEmpty()) {
                line.add(ticket);
            }
            assertThat(line.getFirst()).as("first come, first served").isSameAs(ticket);
            line.removeFirst();
            if (ticket.seat != null) {
                running.add(ticket);
            }
        }

        void play() {
            for (long now = 0; now < 300; now++) {
                event(now);
                step(now);
            }
            for (long now = 300; !(line.isEmpty() && running.isEmpty()); now++) {
                assertThat(now).as("everybody is served in the end").isLessThan(2000);
                finish(now);
                step(now);
            }
        }

        private void event(long now) {
            switch (random.nextInt(4)) {
                case 0, 1 -> join();
                case 2 -> finish(now);
                default -> leave(now);
            }
        }

        private void join() {
            if (roster.waiting() >= 50) {
                return;
            }
            Ticket<String> ticket = roster.join();
            if (!ticket.settled()) {
                line.add(ticket);
            }
        }

        private void leave(long now) {
            if (!line.isEmpty() && random.nextInt(4) == 0) {
                roster.leave(line.remove(random.nextInt(line.size())), now);
            }
        }

        private void finish(long now) {
            if (running.isEmpty()) {
                return;
            }
            Ticket<String> ticket = running.remove(random.nextInt(running.size()));
            switch (random.nextInt(6)) {
                case 0 -> roster.dismiss(RosterTest.seat(ticket));
                case 1 -> {
                    line.addFirst(ticket);
                    roster.rejoin(ticket);
                }
                default ->
                        roster.answered(
                                RosterTest.seat(ticket), OptionalLong.of(random.nextInt(150)), now);
            }
        }

        private void step(long now) {
            if (starting && random.nextBoolean()) {
                starting = false;
                if (random.nextInt(5) == 0) {
                    live--;
                    roster.notStarted(new WorkerException(Kind.NOT_STARTED, "no java"));
                } else {
                    roster.started("w" + names++, now);
                }
            }
            switch (roster.next(now)) {
                case Step.Start<String> _ -> {
                    assertThat(starting).as("one start at a time").isFalse();
                    starting = true;
                    live++;
                }
                case Step.End<String> _ -> {
                    live--;
                    roster.ended();
                }
                case Step.Wait<String> _ -> {}
                case Step.Stop<String> _ -> throw new AssertionError("nobody closed it");
            }
            assertThat(live).isLessThanOrEqualTo(WORKERS);
        }
    }
}
