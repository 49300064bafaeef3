package dev.snug.runtime.plan;

import java.util.List;

/**
 * What a job will do under a limit, or why it cannot.
 *
 * @param <S> the settings of the job
 * @param isFeasible whether {@code settings} fit {@code limitBytes}
 * @param limitBytes that was planned for
 * @param settings the best that fit; where nothing does, those that need the least
 * @param cost of these settings
 * @param smallestBudgetBytes the smallest limit under which the job completes with anything that
 *     the user left open
 * @param choices one a knob, in the order of the knobs
 * @param isBound whether cost and smallest budget are a bound that was told at once, and there are
 *     no choices
 * @param giveUp what {@code settings} do without that more memory would allow, as phrases
 */
public record Plan<S>(
        boolean isFeasible,
        long limitBytes,
        S settings,
        Cost cost,
        long smallestBudgetBytes,
        List<Choice> choices,
        boolean isBound,
        List<String> giveUp) {
    public Plan {
        choices = List.copyOf(choices);
        giveUp = List.copyOf(giveUp);
    }

    /**
     * What was chosen of a knob.
     *
     * @param reason with what the next option would have cost or saved
     * @param bytes smallest limit of the job, less that with the knob's smallest option
     * @param seconds CPU of the job, less that with the knob's smallest option
     */
    public record Choice(String name, String value, String reason, long bytes, double seconds) {}

    /** All that is resident at the worst moment where nothing presses. */
    public long predictedPeakBytes() {
        return cost.peakBytes();
    }

    /**
     * Whether the kernel will have to drop pages of files and read them again: slower, not wrong.
     */
    public boolean isTight() {
        return predictedPeakBytes() > limitBytes;
    }
}
