package dev.snug.server.job.run;

import dev.snug.server.job.JobException;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Asks a store again as long as its database does not answer, or is full: what was done is kept
 * until it is told. For several threads; the log hears once that it is gone, and once that it is
 * back.
 */
final class PatientStore {
    private static final Duration PAUSE_FIRST = Duration.ofMillis(250);

    /** A database that is back is seen within it. */
    private static final Duration PAUSE_MOST = Duration.ofSeconds(5);

    private final Consumer<String> log;
    private final AtomicBoolean isGone = new AtomicBoolean();

    PatientStore(Consumer<String> log) {
        this.log = log;
    }

    /** Something that a store is asked for. */
    @FunctionalInterface
    interface Asking<T> {
        /** Asks. */
        T ask() throws IOException, InterruptedException;
    }

    /**
     * What the store says at last.
     *
     * @throws JobException of another kind
     * @throws InterruptedException when interrupted while it waits
     */
    <T> T insist(Asking<T> asking) throws IOException, InterruptedException {
        Duration pause = PAUSE_FIRST;
        while (true) {
            try {
                T told = asking.ask();
                if (isGone.compareAndSet(true, false)) {
                    log.accept("jobs: the queue is back");
                }
                return told;
            } catch (JobException e) {
                if (!isPassing(e)) {
                    throw e;
                }
                if (isGone.compareAndSet(false, true)) {
                    log.accept("jobs: the queue does not answer, and is asked again: " + words(e));
                }
                Thread.sleep(pause);
                pause = longer(pause);
            }
        }
    }

    /** Whether waiting helps. */
    static boolean isPassing(JobException cause) {
        return switch (cause.kind()) {
            case UNAVAILABLE, NO_SPACE -> true;
            case FULL, KEY_REUSED, UNFIT -> false;
        };
    }

    private static String words(JobException cause) {
        return String.valueOf(cause.getMessage());
    }

    /** The next of pauses that grow. */
    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : twice;
    }
}
