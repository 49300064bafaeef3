package dev.snug.speech.network;

import java.util.Set;

/**
 * The steps, from 0, on which guidance is not computed anew. Each takes one run of the velocity
 * instead of two.
 *
 * <p>Source of {@code reused}: Lv and others, "FasterCache", 2024 (arXiv 2410.19355): what guidance
 * adds changes little from a step to the next. Of its two ways this is the plain one, which weighs
 * no frequencies.
 *
 * @param skipped those without guidance
 * @param reused those with the difference of the branches that the last step found which computed
 *     it; one must come before
 */
public record GuidanceSteps(Set<Integer> skipped, Set<Integer> reused) {
    /** Guidance is computed on each step. */
    public static final GuidanceSteps ALL = new GuidanceSteps(Set.of(), Set.of());

    public GuidanceSteps {
        skipped = Set.copyOf(skipped);
        reused = Set.copyOf(reused);
        for (int step : reused) {
            if (skipped.contains(step)) {
                throw new IllegalArgumentException(
                        "step %d cannot both be without guidance and use an earlier one"
                                .formatted(step));
            }
        }
        if (!reused.isEmpty()) {
            requireOneBefore(reused.stream().min(Integer::compare).orElseThrow(), skipped);
        }
    }

    /** Guidance is left out on {@code steps} and computed on the others. */
    public static GuidanceSteps without(Set<Integer> steps) {
        return new GuidanceSteps(steps, Set.of());
    }

    private static void requireOneBefore(int first, Set<Integer> skipped) {
        for (int step = 0; step < first; step++) {
            if (!skipped.contains(step)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "step %d has no guidance to use again: no step before it computes any"
                        .formatted(first));
    }

    /**
     * These, when they are all among {@code steps}.
     *
     * @throws IllegalArgumentException when one is not
     */
    public GuidanceSteps within(int steps) {
        requireWithin(skipped, steps);
        requireWithin(reused, steps);
        return this;
    }

    private static void requireWithin(Set<Integer> some, int steps) {
        for (int step : some) {
            if (step < 0 || step >= steps) {
                throw new IllegalArgumentException(
                        "there is no step %d among %d".formatted(step, steps));
            }
        }
    }

    /** Whether both branches run on {@code step}. */
    public boolean isComputed(int step) {
        return !skipped.contains(step) && !reused.contains(step);
    }

    /** Runs of the velocity in {@code steps} steps, both branches counted. */
    public int runs(int steps) {
        return 2 * steps - skipped.size() - reused.size();
    }
}
