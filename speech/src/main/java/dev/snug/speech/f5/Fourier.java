package dev.snug.speech.f5;

/**
 * The discrete Fourier transform of 1024 complex values in place, in float64, and the window that
 * goes with it. Not for several threads at once.
 *
 * <p>Both directions of the audio go through it: as matrices in a graph the same transforms take 4
 * MiB of weights and a hundred times the arithmetic.
 *
 * <p>Source: Cooley and Tukey, "An Algorithm for the Machine Calculation of Complex Fourier
 * Series", 1965; radix 2, decimation in time.
 */
final class Fourier {
    /** Samples of a window, and values of a transform. */
    static final int WINDOW = 1024;

    /** Samples between the beginnings of two windows. */
    static final int HOP = 256;

    /** Frequencies of a real signal: 0 to half the sample rate. */
    static final int BINS = WINDOW / 2 + 1;

    private static final int BITS = Integer.numberOfTrailingZeros(WINDOW);

    private static final int[] REVERSED = new int[WINDOW];
    private static final double[] COSINES = new double[WINDOW / 2];
    private static final double[] SINES = new double[WINDOW / 2];

    static {
        for (int i = 0; i < WINDOW; i++) {
            REVERSED[i] = Integer.reverse(i) >>> (Integer.SIZE - BITS);
        }
        for (int i = 0; i < WINDOW / 2; i++) {
            COSINES[i] = Math.cos(-2 * Math.PI * i / WINDOW);
            SINES[i] = Math.sin(-2 * Math.PI * i / WINDOW);
        }
    }

    final double[] real = new double[WINDOW];
    final double[] imaginary = new double[WINDOW];

    /** The periodic window of Hann, {@link #WINDOW} values of 0 to 1. */
    static double[] hann() {
        double[] window = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
        }
        return window;
    }

    /** Replaces the values by their transform. */
    void transform() {
        reorder();
        for (int half = 1; half < WINDOW; half *= 2) {
            stage(real, imaginary, half);
        }
    }

    private void reorder() {
        for (int i = 0; i < WINDOW; i++) {
            int j = REVERSED[i];
            if (j > i) {
                double kept = real[i];
                real[i] = real[j];
                real[j] = kept;
                kept = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = kept;
            }
        }
    }

    /**
     * All butterflies over {@code half}; one method, because the client compiler inlines little.
     */
    private static void stage(double[] real, double[] imaginary, int half) {
        int stride = WINDOW / (2 * half);
        for (int i = 0; i < half; i++) {
            double cosine = COSINES[i * stride];
            double sine = SINES[i * stride];
            for (int upper = i; upper < WINDOW; upper += 2 * half) {
                int lower = upper + half;
                double re = real[lower] * cosine - imaginary[lower] * sine;
                double im = real[lower] * sine + imaginary[lower] * cosine;
                real[lower] = real[upper] - re;
                imaginary[lower] = imaginary[upper] - im;
                real[upper] += re;
                imaginary[upper] += im;
            }
        }
    }
}
