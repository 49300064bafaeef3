package dev.snug.cli.proof;

import java.util.Arrays;

/**
 * How fast a series grows: the median of the slopes of all pairs (Theil, 1950; Sen, JASA 63, 1968).
 * A fifth of the values may be anything, as after a collection of the heap or another process's
 * load, and the slope stays.
 */
final class Growth {
    private Growth() {}

    /** Bytes from one value to the next, the first quarter left out: there caches still fill. */
    static double bytesEachCycle(long... values) {
        long[] settled = Arrays.copyOfRange(values, values.length / 4, values.length);
        double[] slopes = new double[settled.length * (settled.length - 1) / 2];
        int pair = 0;
        for (int i = 0; i < settled.length; i++) {
            for (int j = i + 1; j < settled.length; j++) {
                slopes[pair++] = (settled[j] - settled[i]) / (double) (j - i);
            }
        }
        Arrays.sort(slopes);
        return slopes[slopes.length / 2];
    }
}
