package dev.snug.runtime.limit;

import dev.snug.runtime.budget.MemorySize;

import java.util.OptionalLong;

/**
 * How many bytes the next job is planned for: the whole limit, or less while memory is tight. A
 * value; {@link #after} gives the next one.
 *
 * <p>It stands on a rung of a ladder from the limit downwards. It goes down at once: to the rung
 * that fits where the room is smaller, by one or some under pressure. It goes up one rung at a time
 * after a quiet time. The rung that it fell from is remembered: standing on it again takes longer
 * each time that it fails, so neither a neighbour that comes and goes nor a job that is itself the
 * cause of the pressure makes it swing for long.
 */
public final class Headroom {
    /** A rung is 7/8 of the one above: coarser wastes memory, finer changes plans for nothing. */
    static final int RUNG_NUMERATOR = 7;

    static final int RUNG_DENOMINATOR = 8;

    /**
     * Going up takes a sixteenth more room than the rung: half the distance to the next one, so
     * that a neighbour who holds now a little more and now a little less does not move it.
     */
    static final int SPARE_SHARE = 16;

    /** From here on a rung is given up: a job that waits a tenth of its time is felt. */
    static final double PRESSED_PERCENT = 10;

    /**
     * Below it is quiet; between the two it stays where it is. A file that is read for the first
     * time waits for a reclaim now and then: 0 would never come.
     */
    static final double QUIET_PERCENT = 1;

    /** From here on nobody gets on: several rungs are given up, to 59 % of what was planned. */
    static final double STUCK_PERCENT = 10;

    static final int STUCK_RUNGS = 4;

    /**
     * Pressure takes no more than down to half of what there is room for: who leaves as much again
     * free is not its cause. Another container that thrashes within its own limit shows in the
     * figures of the whole machine.
     */
    static final int EASED_SHARE = 2;

    /**
     * The figures of pressure are of 10 seconds: sooner they show what was before the step down.
     */
    static final long SETTLE_NANOS = 10_000_000_000L;

    /** After three times that span a twentieth of the old pressure is left in the figures. */
    static final long QUIET_NANOS = 30_000_000_000L;

    /** 16 minutes: the longest wait before a rung is tried that failed again and again. */
    static final long PATIENCE_NANOS_MAX = 32 * QUIET_NANOS;

    /** The rung above the top: none has failed. */
    private static final int NONE = -1;

    /**
     * What changes.
     *
     * @param rung 0 at the limit
     * @param failedRung the rung that it last fell from, or {@link #NONE}
     * @param climbed whether the last change was upwards
     * @param patienceNanos quiet time before {@code failedRung} is tried again
     * @param fellNanos when it last went down
     * @param quietNanos since when all is quiet on this rung
     */
    private record State(
            int rung,
            int failedRung,
            boolean climbed,
            long patienceNanos,
            long fellNanos,
            long quietNanos) {}

    private final long limitBytes;
    private final State state;
    private final OptionalLong highHits;

    private Headroom(long limitBytes, State state, OptionalLong highHits) {
        this.limitBytes = limitBytes;
        this.state = state;
        this.highHits = highHits;
    }

    /** The start of a process that does jobs under {@code limit}, in view of what is seen. */
    public static Headroom of(MemoryLimit limit, Observation seen) {
        long settled = seen.nanos() - SETTLE_NANOS;
        State top = new State(0, NONE, false, QUIET_NANOS, settled, seen.nanos());
        return new Headroom(limit.bytes(), top, seen.highHits()).after(seen);
    }

    /**
     * The bytes for a process that does one job and has seen nothing before: the limit, or the room
     * where that is less, and less than it when the last minute was tight.
     *
     * @return {@link MemorySize#MIN_BYTES} to the limit
     */
    public static long once(MemoryLimit limit, Observation seen) {
        long most = Math.min(limit.bytes(), seen.roomBytes().orElse(Long.MAX_VALUE));
        return rungBytes(
                most, rungsDown(seen.somePercentOfMinute(), seen.fullPercentOfMinute(), false));
    }

    /** What the next job is to be planned for: {@link MemorySize#MIN_BYTES} to the limit. */
    public long bytes() {
        return rungBytes(limitBytes, state.rung);
    }

    /** The same after {@code seen}, which is not older than what was seen before. */
    public Headroom after(Observation seen) {
        boolean slowed =
                highHits.isPresent()
                        && seen.highHits().orElse(highHits.getAsLong()) > highHits.getAsLong();
        long room = seen.roomBytes().orElse(Long.MAX_VALUE);
        int down = 0;
        if (seen.nanos() - state.fellNanos >= SETTLE_NANOS) {
            down = rungsDown(seen.somePercent(), seen.fullPercent(), slowed);
        }
        long eased = Math.min(limitBytes, room) / EASED_SHARE;
        int rung = Math.max(fitting(room), lower(state.rung, down, eased));
        State next;
        if (rung > state.rung) {
            next = fallen(rung, seen.nanos());
        } else if (slowed || seen.somePercent() >= QUIET_PERCENT || !hasSpare(room)) {
            next = still(seen.nanos());
        } else {
            next = seen.nanos() - state.quietNanos < waitNanos() ? state : climbed(seen.nanos());
        }
        return new Headroom(
                limitBytes, next, seen.highHits().isPresent() ? seen.highHits() : highHits);
    }

    private static int rungsDown(double some, double full, boolean slowed) {
        if (full >= STUCK_PERCENT) {
            return STUCK_RUNGS;
        }
        return some >= PRESSED_PERCENT || slowed ? 1 : 0;
    }

    /** The first rung from here that fits {@code room}, or that is as small as can be. */
    private int fitting(long room) {
        int at = state.rung;
        while (rungBytes(limitBytes, at) > Math.max(room, least())) {
            at++;
        }
        return at;
    }

    /** {@code rungs} below {@code rung}, as far as those are not below {@code leastBytes}. */
    private int lower(int rung, int rungs, long leastBytes) {
        int at = rung;
        while (at < rung + rungs
                && rungBytes(limitBytes, at + 1) >= leastBytes
                && rungBytes(limitBytes, at) > least()) {
            at++;
        }
        return at;
    }

    private static long least() {
        return MemorySize.MIN_BYTES;
    }

    private static long rungBytes(long topBytes, int rung) {
        long bytes = topBytes;
        for (int i = 0; i < rung && bytes > least(); i++) {
            bytes = bytes / RUNG_DENOMINATOR * RUNG_NUMERATOR;
        }
        return Math.max(bytes, least());
    }

    /** Whether the rung above would have room and some to spare; the top needs none. */
    private boolean hasSpare(long room) {
        if (state.rung == 0) {
            return false;
        }
        long above = rungBytes(limitBytes, state.rung - 1);
        return room >= limitBytes || room - room / (SPARE_SHARE + 1) >= above;
    }

    private long waitNanos() {
        return state.rung - 1 <= state.failedRung ? state.patienceNanos : QUIET_NANOS;
    }

    private State fallen(int rung, long nanos) {
        long patience =
                state.climbed
                        ? Math.min(2 * state.patienceNanos, PATIENCE_NANOS_MAX)
                        : state.patienceNanos;
        return new State(rung, state.rung, false, patience, nanos, nanos);
    }

    private State still(long nanos) {
        return new State(
                state.rung,
                state.failedRung,
                state.climbed,
                state.patienceNanos,
                state.fellNanos,
                nanos);
    }

    /** One rung up; from a rung that failed before, it has now held. */
    private State climbed(long nanos) {
        boolean held = state.rung <= state.failedRung;
        long patience = held ? Math.max(state.patienceNanos / 2, QUIET_NANOS) : state.patienceNanos;
        return new State(
                state.rung - 1,
                held ? NONE : state.failedRung,
                true,
                patience,
                state.fellNanos,
                nanos);
    }
}
