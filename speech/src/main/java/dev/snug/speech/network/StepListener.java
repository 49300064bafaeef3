package dev.snug.speech.network;

/** Told before each step; ends the sampling by throwing CancellationException. */
@FunctionalInterface
public interface StepListener {
    /** Nobody listens. */
    StepListener NONE = (step, steps) -> {};

    /**
     * Step {@code step}, from 0, of {@code steps} begins.
     *
     * @throws java.util.concurrent.CancellationException to end here
     */
    void beginning(int step, int steps);
}
