package dev.snug.bench.peers;

import java.util.Locale;

/**
 * How far an answer is from the right one.
 *
 * @param text for the table, as "equal" with the figure behind it, or "differs by" it
 * @param largest the figure that decides: relative for speech, of a probability for pictures; 1
 *     where there is nothing to compare
 */
record Difference(boolean isEqual, double largest, String text) {
    /**
     * Relative, of samples: the rounding of both to 16 bits makes 5e-4 where the sound is as quiet
     * as that of random weights.
     */
    static final double SOUND_TOLERANCE = 2e-3;

    /** Of a probability: what float32 rounding makes of this network, and some more. */
    static final double PROBABILITY_TOLERANCE = 1e-4;

    /** Of the heat map, whose largest value is 1. */
    static final double MAP_TOLERANCE = 2e-3;

    /** Of samples: ‖a − b‖ / ‖b‖. */
    static Difference ofSound(float[] answer, float[] right) {
        if (answer.length != right.length) {
            return new Difference(
                    false, 1, "differs: %d samples, not %d".formatted(answer.length, right.length));
        }
        double apart = 0;
        double size = 0;
        for (int i = 0; i < right.length; i++) {
            apart += Math.pow((double) answer[i] - right[i], 2);
            size += Math.pow(right[i], 2);
        }
        double relative = Math.sqrt(apart / size);
        boolean isEqual = relative <= SOUND_TOLERANCE;
        return new Difference(
                isEqual, relative, shown(isEqual, "samples %.1e".formatted(relative)));
    }

    /** Of {@code classes} probabilities and the heat map behind them. */
    static Difference ofPicture(float[] answer, float[] right, int classes) {
        if (answer.length != right.length) {
            return new Difference(
                    false, 1, "differs: %d values, not %d".formatted(answer.length, right.length));
        }
        double probability = largest(answer, right, 0, classes);
        double map = largest(answer, right, classes, right.length);
        boolean isEqual = probability <= PROBABILITY_TOLERANCE && map <= MAP_TOLERANCE;
        String figures =
                String.format(
                        Locale.ROOT,
                        "probability %.1e, map %.1e (correlation %.3f)",
                        probability,
                        map,
                        correlation(answer, right, classes));
        return new Difference(isEqual, probability, shown(isEqual, figures));
    }

    private static String shown(boolean isEqual, String figures) {
        return (isEqual ? "equal: " : "differs by ") + figures;
    }

    private static double largest(float[] left, float[] right, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs((double) left[i] - right[i]));
        }
        return largest;
    }

    /** Pearson's, of the values from {@code from} on; 0 where one side does not vary. */
    static double correlation(float[] left, float[] right, int from) {
        int count = right.length - from;
        double leftMean = 0;
        double rightMean = 0;
        for (int i = from; i < right.length; i++) {
            leftMean += left[i] / (double) count;
            rightMean += right[i] / (double) count;
        }
        double both = 0;
        double leftOnly = 0;
        double rightOnly = 0;
        for (int i = from; i < right.length; i++) {
            both += (left[i] - leftMean) * (right[i] - rightMean);
            leftOnly += Math.pow(left[i] - leftMean, 2);
            rightOnly += Math.pow(right[i] - rightMean, 2);
        }
        double size = Math.sqrt(leftOnly * rightOnly);
        return size == 0 ? 0 : both / size;
    }
}
