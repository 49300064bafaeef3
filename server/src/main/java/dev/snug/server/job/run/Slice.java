package dev.snug.server.job.run;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.job.Task;
import dev.snug.server.work.BookSteps;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A stretch of work on a text: tells the store of each chunk, and ends the request when there is a
 * reason.
 */
final class Slice implements BookSteps {
    /** Within a chunk its owner is asked so often whether it is still wanted. */
    private static final long ASK_NANOS = Duration.ofSeconds(1).toNanos();

    /** Why a request was ended. */
    enum Why {
        /** Cancelled, or somebody else's. */
        UNWANTED,
        /** Somebody waits for an answer. */
        AWAITED,
        /** Others of the queue have waited long enough. */
        TURN_OVER,
        /** The chunk is there, and the store was not told. */
        UNTOLD
    }

    /** Ends the request; reaches who asked for it. */
    static final class End extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Why why;

        End(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }

        Why why() {
            return why;
        }
    }

    /** A step of which the store was not told. */
    record Untold(int done, int total, long millis) {
        static final Untold NONE = new Untold(0, 0, 0);
    }

    private final JobStore store;
    private final Task task;
    private final long nanos;
    private final BooleanSupplier isAwaited;
    private final Runnable counting;
    private final LongSupplier clock;
    private long begunNanos = -1;
    private long askedNanos;
    private Untold untold = Untold.NONE;

    /**
     * Work on {@code task}.
     *
     * @param turn after which others of the queue are let in
     * @param isAwaited whether somebody waits for the worker
     * @param counting is run with each step
     * @param clock in nanoseconds
     */
    Slice(
            JobStore store,
            Task task,
            Duration turn,
            BooleanSupplier isAwaited,
            Runnable counting,
            LongSupplier clock) {
        this.store = store;
        this.task = task;
        this.nanos = turn.toNanos();
        this.isAwaited = isAwaited;
        this.counting = counting;
        this.clock = clock;
    }

    /** What the store is still to be told. */
    Untold untold() {
        return untold;
    }

    @Override
    public void stepEnded(int done, int total, long millis) {
        counting.run();
        try {
            require(store.progress(task, done, total, millis));
        } catch (JobException | IOException e) {
            // The worker is not held while the queue is away: others may want it.
            untold = new Untold(done, total, millis);
            throw new End(Why.UNTOLD);
        }
        if (done == total) {
            // Half a file is none, so its making goes on to the end.
            return;
        }
        if (isAwaited.getAsBoolean()) {
            throw new End(Why.AWAITED);
        }
        if (isTurnOver() && othersWait()) {
            throw new End(Why.TURN_OVER);
        }
    }

    /** Counted from the first sign of life: reading a long book again takes time, too. */
    private boolean isTurnOver() {
        long now = clock.getAsLong();
        if (begunNanos < 0) {
            begunNanos = now;
        }
        return now - begunNanos >= nanos;
    }

    private boolean othersWait() {
        try {
            return store.waiting() > 0;
        } catch (JobException e) {
            return false;
        }
    }

    @Override
    public void goesOn() {
        long now = clock.getAsLong();
        if (begunNanos < 0) {
            begunNanos = now;
        }
        if (now - askedNanos < ASK_NANOS) {
            return;
        }
        askedNanos = now;
        try {
            require(store.standing(task));
        } catch (JobException e) {
            // The chunk is worked on; when it is there the store is asked again.
            return;
        }
    }

    private static void require(Standing standing) {
        if (standing != Standing.WANTED) {
            throw new End(Why.UNWANTED);
        }
    }
}
