package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;

/**
 * One thread's work on one exchange: what it does, since when, and whether it was cut short.
 *
 * <p>A turn has its own virtual thread, which ends with it; so an interrupt that comes late meets
 * nobody else's call.
 */
final class Turn {
    /** What a thread does, and which limit holds for it. */
    enum Phase {
        HEAD,
        BODY,
        WORK,
        WRITE,
        LINGER
    }

    /** Why a turn was cut short. */
    enum Cut {
        HEAD_SLOW,
        BODY_SLOW,
        WRITE_SLOW,
        LINGERED,
        DEADLINE,
        GONE,
        STOPPING;

        /** As metrics name it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Most time in which a client that was refused may send the rest of its body. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final long NANOS_OF_BYTE = 1_000_000_000L / FrontLimits.STEADY_BYTES;

    private final Thread thread;
    private Phase phase = Phase.HEAD;
    private long sinceNanos;
    private long workSinceNanos;
    private long steadyNanos;
    private boolean interrupted;
    private @Nullable Cut cut;
    private Departures.@Nullable Connection connection;

    Turn(Thread thread, long nowNanos) {
        this.thread = thread;
        this.sinceNanos = nowNanos;
    }

    /** The head is read: the call on this connection begins. */
    synchronized void begin(Departures.Connection ends, long nowNanos) {
        connection = ends;
        enter(Phase.WORK, nowNanos);
        workSinceNanos = nowNanos;
        steadyNanos = 0;
        // A limit that the head met at its very end is met.
        cut = null;
        Thread.interrupted();
    }

    /** Something else is done from now on. */
    synchronized void enter(Phase next, long nowNanos) {
        if (phase == Phase.BODY && next == Phase.WORK) {
            workSinceNanos = nowNanos;
            steadyNanos = 0;
        }
        phase = next;
        sinceNanos = nowNanos;
        interrupted = false;
    }

    /** More of a long body came or went: it may take a moment longer. */
    synchronized void grant(int bytes) {
        steadyNanos += bytes * NANOS_OF_BYTE;
    }

    /** The call failed or ended; what interrupted it is over. */
    synchronized void settle(long nowNanos) {
        enter(Phase.LINGER, nowNanos);
        // What tells the client of it has a time of its own.
        workSinceNanos = nowNanos;
        Thread.interrupted();
    }

    /** Why this was cut short first, or null. */
    synchronized @Nullable Cut cut() {
        return cut;
    }

    /** The connection, where its client's leaving would end work; else null. */
    synchronized Departures.@Nullable Connection watched(long nowNanos, long leastNanos) {
        boolean works = phase == Phase.WORK || phase == Phase.WRITE;
        return works && nowNanos - workSinceNanos >= leastNanos ? connection : null;
    }

    /** Interrupts the thread when a limit is passed; which one, or null. */
    synchronized @Nullable Cut check(long nowNanos, FrontLimits limits) {
        long nanos = nowNanos - sinceNanos - (phase == Phase.BODY ? steadyNanos : 0);
        Cut due = due(phase, nanos, nowNanos - workSinceNanos - steadyNanos, limits);
        return due != null && interrupt(due) ? due : null;
    }

    /** Interrupts work for this reason, unless the work is over; true when it did. */
    synchronized boolean end(Cut reason) {
        return (phase == Phase.WORK || phase == Phase.WRITE) && interrupt(reason);
    }

    private boolean interrupt(Cut reason) {
        if (interrupted) {
            return false;
        }
        interrupted = true;
        if (cut == null) {
            cut = reason;
        }
        thread.interrupt();
        return true;
    }

    /** Which limit is passed, or null. */
    static @Nullable Cut due(Phase phase, long nanos, long workNanos, FrontLimits limits) {
        return switch (phase) {
            case HEAD -> nanos >= limits.head().toNanos() ? Cut.HEAD_SLOW : null;
            case BODY -> nanos >= limits.body().toNanos() ? Cut.BODY_SLOW : null;
            case WORK -> workNanos >= limits.deadline().toNanos() ? Cut.DEADLINE : null;
            case WRITE -> {
                if (nanos >= limits.write().toNanos()) {
                    yield Cut.WRITE_SLOW;
                }
                yield workNanos >= limits.deadline().toNanos() ? Cut.DEADLINE : null;
            }
            case LINGER -> nanos >= LINGER.toNanos() ? Cut.LINGERED : null;
        };
    }
}
