package dev.snug.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.limit.MemoryLimit.Origin;
import dev.snug.runtime.measure.Pressure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntToLongFunction;

/**
 * Jobs whose size follows the plan, on a simulated machine with a neighbour: what a job takes makes
 * pressure, which changes the next plan. The oracle is the simulation's own account of who holds
 * what; the figures of pressure decay over 10 seconds, as the kernel's do.
 */
final class HeadroomLoopTest {
    private static final long MIB = 1L << 20;
    private static final long MACHINE = 1024 * MIB;
    private static final int HOUR = 3600;
    private static final int JOB_SECONDS = 3;

    /** From here on the simulated kernel takes pages back; it waits for nothing else at the end. */
    private static final double RECLAIM_SHARE = 0.9;

    private static final double STUCK_SHARE = 0.97;

    /** (7/8)^5 is the first below a half; the neighbour leaves 324 of 512 MiB. */
    private static final int RUNGS_TO_HALF = 5;

    /** Several rungs down at a standstill, one more while the figures settle, and all up again. */
    private static final int CHANGES_AN_ATTEMPT = 2 + Headroom.STUCK_RUNGS + 1;

    /** Figures of pressure above the quiet mark last so long after it has ended. */
    private static final int SETTLED_SECONDS = 60;

    /** Plans in bytes, one a job. */
    private record History(List<Long> plans) {
        /** Plans from second {@code from} on. */
        List<Long> from(int second) {
            return plans.subList(second / JOB_SECONDS, plans.size());
        }

        long changes(int fromSecond) {
            List<Long> tail = from(fromSecond);
            long changes = 0;
            for (int i = 1; i < tail.size(); i++) {
                changes += tail.get(i).equals(tail.get(i - 1)) ? 0 : 1;
            }
            return changes;
        }
    }

    private static History simulate(long limitBytes, int seconds, IntToLongFunction neighbour) {
        MemoryLimit limit = new MemoryLimit(limitBytes, Origin.ASKED, "asked");
        List<Long> plans = new ArrayList<>();
        double some = 0;
        double full = 0;
        Headroom headroom = null;
        long job = 0;
        for (int second = 0; second < seconds; second++) {
            long held = neighbour.applyAsLong(second);
            if (second % JOB_SECONDS == 0) {
                Observation seen = seen(second, MACHINE - held, some, full);
                headroom = headroom == null ? Headroom.of(limit, seen) : headroom.after(seen);
                job = headroom.bytes();
                plans.add(job);
                assertThat(job + held)
                        .as("planned in second %d beside %d bytes", second, held)
                        .isLessThanOrEqualTo(MACHINE);
            }
            double used = (double) (job + held) / MACHINE;
            some = decayed(some, (used - RECLAIM_SHARE) / (1 - RECLAIM_SHARE));
            full = decayed(full, (used - STUCK_SHARE) / (1 - STUCK_SHARE));
        }
        return new History(plans);
    }

    private static double decayed(double percent, double share) {
        double kept = Math.exp(-0.1);
        return percent * kept + 100 * Math.clamp(share, 0, 1) * (1 - kept);
    }

    private static Observation seen(int second, long room, double some, double full) {
        Pressure pressure =
                new Pressure(new Pressure.Stall(some, some, 0), new Pressure.Stall(full, full, 0));
        return new Observation(
                second * 1_000_000_000L,
                OptionalLong.of(room),
                List.of(pressure),
                OptionalLong.empty());
    }

    /** How often a rung can be tried in a time, when each try takes twice as long as the last. */
    private static long attempts(int seconds) {
        return 6 + seconds / (Headroom.PATIENCE_NANOS_MAX / 1_000_000_000L);
    }

    private static int turns(List<Long> figures) {
        int turns = 0;
        int direction = 0;
        for (int i = 1; i < figures.size(); i++) {
            int now = Long.compare(figures.get(i), figures.get(i - 1));
            if (now != 0 && now != direction) {
                turns++;
                direction = now;
            }
        }
        return turns;
    }

    @Test
    void aNeighbourThatGrowsAndLeavesMovesThePlanDownOnceAndUpOnce() {
        int leaves = 1800;
        History history =
                simulate(
                        512 * MIB,
                        HOUR,
                        second -> second < leaves ? Math.min(700, second) * MIB : 0);

        assertThat(history.plans.subList(0, leaves / JOB_SECONDS))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(history.from(leaves + SETTLED_SECONDS)).isSorted();
        assertThat(history.plans.getLast()).isEqualTo(512 * MIB);
        assertThat(history.changes(0)).isLessThanOrEqualTo(2 * RUNGS_TO_HALF + 2);
    }

    @Test
    void aJobThatIsItselfTheCauseOfThePressureTriesItsRungEverMoreSeldom() {
        for (long limit : new long[] {960 * MIB, MACHINE}) {
            History history = simulate(limit, 6 * HOUR, _ -> 0);
            assertThat(history.plans.subList(100, history.plans.size()))
                    .as("never far from what the machine bears")
                    .allMatch(plan -> plan > MACHINE / 2);
            assertThat(history.changes(0)).isLessThan(attempts(6 * HOUR) * CHANGES_AN_ATTEMPT);
            assertThat(history.changes(5 * HOUR)).isLessThan(4 * CHANGES_AN_ATTEMPT);
        }
    }

    @Test
    void aNeighbourThatComesAndGoesIsWaitedOutBelow() {
        History history =
                simulate(512 * MIB, 4 * HOUR, second -> (second / 150 % 2 == 0 ? 800 : 100) * MIB);
        assertThat(history.changes(HOUR))
                .as("the neighbour changes 144 times in these three hours")
                .isLessThan(144 / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void afterARandomNeighbourThePlanOnlyGrowsAndReachesTheLimit(int seed) {
        Random random = new Random(seed);
        long[] held = new long[HOUR];
        long level = 0;
        for (int second = 0; second < HOUR; second++) {
            if (random.nextInt(1 + seed * 5) == 0) {
                level = random.nextInt(900) * MIB;
            }
            held[second] = level + random.nextInt(60) * MIB;
        }
        History history = simulate(512 * MIB, 2 * HOUR, second -> second < HOUR ? held[second] : 0);
        List<Long> follower = new ArrayList<>();
        for (int second = 0; second < HOUR; second += JOB_SECONDS) {
            follower.add(Math.min(512 * MIB, MACHINE - held[second]) / (32 * MIB));
        }
        assertThat(turns(history.plans.subList(0, HOUR / JOB_SECONDS)))
                .as("less than an eighth of what taking the room as it comes, in steps, does")
                .isLessThan(turns(follower) / 8);
        assertThat(history.from(HOUR + SETTLED_SECONDS)).isSorted();
        assertThat(history.plans.getLast()).isEqualTo(512 * MIB);
    }
}
