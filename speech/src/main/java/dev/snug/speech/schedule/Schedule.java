package dev.snug.speech.schedule;

import java.util.Arrays;

/**
 * The times of an Euler integration from noise to speech: {@code steps + 1} float32 values,
 * strictly rising from 0 to exactly 1, for 1 to {@link #STEPS_MAX} steps.
 *
 * <p>Every schedule ends at 1. The exported graphs of F5-TTS bake 32 points, and running fewer of
 * their steps stops at t = 0.275 after 15: noise, not a cheaper voice.
 *
 * <p>Sources: Chen et al., "F5-TTS" (2024), for sway sampling; Zheng et al., "Accelerating
 * Flow-Matching-Based Text-to-Speech via Empirically Pruned Step Sampling" (2025), for EPSS.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by value below
public record Schedule(float[] times) {
    /** Steps; 32 are the models' own, and nobody gains from more than some hundred. */
    public static final int STEPS_MAX = 1000;

    /** Steps of F5-TTS. */
    public static final int STEPS = 32;

    /** F5-TTS: t' = 1 - cos(pi t / 2), small steps where the flow still bends. */
    public static final float SWAY = -1;

    /** Below this the times would no longer rise. */
    public static final float SWAY_MIN = -1;

    /** Above this the times would no longer rise: 2 / (pi - 2) is 1.75. */
    public static final float SWAY_MAX = 1.75f;

    /** Points of the grid that the exported graphs bake. */
    private static final int EXPORT_POINTS = 32;

    /** EPSS counts in these parts of 1. */
    private static final int EPSS_PARTS = 32;

    /** Which of many times a schedule takes. */
    public enum Kind {
        /** Equal steps before sway. */
        UNIFORM,
        /** Empirically pruned, for some numbers of steps. */
        EPSS
    }

    public Schedule {
        times = times.clone();
        requireSteps(times.length - 1);
        if (times[0] != 0 || times[times.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "a schedule goes from 0 to 1, not from %s to %s"
                            .formatted(times[0], times[times.length - 1]));
        }
        for (int i = 1; i < times.length; i++) {
            // Written so that NaN fails too.
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException(
                        "time %d of a schedule, %s, does not come after %s"
                                .formatted(i, times[i], times[i - 1]));
            }
        }
    }

    /**
     * Equal steps before sway.
     *
     * @throws IllegalArgumentException when {@code steps} or {@code sway} is out of range
     */
    public static Schedule uniform(int steps, float sway) {
        requireSteps(steps);
        float[] times = new float[steps + 1];
        float step = 1f / steps;
        for (int i = 0; i <= steps; i++) {
            // From both ends, as torch.linspace, so that the last one is exactly 1.
            times[i] = i < (steps + 1) / 2 ? i * step : 1 - (steps - i) * step;
        }
        return swayed(times, sway);
    }

    /**
     * The empirically pruned grid of F5-TTS for 5, 6, 7, 10, 12 and 16 steps, before sway; equal
     * steps for any other number.
     *
     * @throws IllegalArgumentException when {@code steps} or {@code sway} is out of range
     */
    public static Schedule epss(int steps, float sway) {
        int[] parts =
                switch (steps) {
                    case 5 -> new int[] {0, 2, 4, 8, 16, 32};
                    case 6 -> new int[] {0, 2, 4, 6, 8, 16, 32};
                    case 7 -> new int[] {0, 2, 4, 6, 8, 16, 24, 32};
                    case 10 -> new int[] {0, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32};
                    case 12 -> new int[] {0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32};
                    case 16 ->
                            new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32};
                    default -> new int[0];
                };
        if (parts.length == 0) {
            return uniform(steps, sway);
        }
        float[] times = new float[parts.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = parts[i] / (float) EPSS_PARTS;
        }
        return swayed(times, sway);
    }

    /**
     * The schedule of a kind, swayed as F5-TTS does.
     *
     * @throws IllegalArgumentException when {@code steps} is out of range
     */
    public static Schedule of(Kind kind, int steps) {
        return switch (kind) {
            case UNIFORM -> uniform(steps, SWAY);
            case EPSS -> epss(steps, SWAY);
        };
    }

    /** The 32 points, 31 steps, of the exported graphs. */
    public static Schedule export() {
        return uniform(EXPORT_POINTS - 1, SWAY);
    }

    public int steps() {
        return times.length - 1;
    }

    /** The time at which step {@code step}, from 0, asks for the velocity. */
    public float time(int step) {
        return times[step];
    }

    /** How far step {@code step}, from 0, goes along its velocity. */
    public float delta(int step) {
        return times[step + 1] - times[step];
    }

    @Override
    public float[] times() {
        return times.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule && Arrays.equals(times, schedule.times);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(times);
    }

    @Override
    public String toString() {
        return "Schedule" + Arrays.toString(times);
    }

    /** t + s (cos(pi t / 2) - 1 + t), in float32 in the order of F5-TTS. */
    private static Schedule swayed(float[] times, float sway) {
        if (!(sway >= SWAY_MIN && sway <= SWAY_MAX)) {
            throw new IllegalArgumentException(
                    "sway %s is out of range %s to %s".formatted(sway, SWAY_MIN, SWAY_MAX));
        }
        float[] swayed = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            float cosine = (float) StrictMath.cos((float) (Math.PI / 2) * times[i]);
            swayed[i] = times[i] + sway * (cosine - 1 + times[i]);
        }
        return new Schedule(swayed);
    }

    private static void requireSteps(int steps) {
        if (steps < 1 || steps > STEPS_MAX) {
            throw new IllegalArgumentException(
                    "%d steps are out of range 1 to %d".formatted(steps, STEPS_MAX));
        }
    }
}
