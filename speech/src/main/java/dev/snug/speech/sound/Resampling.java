package dev.snug.speech.sound;

/**
 * A recording at another rate: a low-pass filter of windowed sinc pieces, one row of it for each
 * place that an output sample can have between two input samples (polyphase). Up to 90 % of the
 * lower rate's half the result is within 0.0002 dB; what lies above that half and would fold back
 * is 100 dB down.
 *
 * <p>Sources: Crochiere and Rabiner, "Multirate Digital Signal Processing" (1983), chapter 4, for
 * the rows; Kaiser, "Nonrecursive digital filter design using the I0-sinh window function" (1974);
 * Smith and Gossett, "A flexible sampling-rate conversion method" (1984), for rates with so many
 * places that rows between are interpolated.
 */
public final class Resampling {
    /** Zero crossings of the sinc on each side, at the lower rate. */
    private static final int CROSSINGS = 64;

    /** Of the lower rate's half: the filter's middle; its slope ends at the half itself. */
    private static final double CUTOFF = 0.95;

    /** Kaiser's beta for some 100 dB: 0.1102 (A - 8.7). */
    private static final double BETA = 10.06;

    /** Rows; all usual pairs of rates need fewer, and more would take memory for nothing. */
    private static final int ROWS_MAX = 512;

    private final int taps;
    private final int rows;
    private final float[][] filter;

    private Resampling(int places, double scale) {
        this.rows = Math.min(places, ROWS_MAX);
        int half = (int) Math.ceil(CROSSINGS / scale);
        this.taps = 2 * half;
        this.filter = new float[rows + 1][];
        for (int row = 0; row <= rows; row++) {
            filter[row] = row(row / (double) rows, half, scale);
        }
    }

    /**
     * The recording at {@code rate} samples a second: one sample for each of its times within the
     * recording, which is taken as silent outside.
     */
    public static Recording at(Recording recording, int rate) {
        int from = recording.rate();
        if (from == rate) {
            return recording;
        }
        int common = gcd(from, rate);
        int places = rate / common;
        int stride = from / common;
        long length = Math.ceilDiv(recording.samples().length * (long) places, (long) stride);
        Resampling resampling = new Resampling(places, Math.min(1, rate / (double) from));
        float[] samples = new float[Math.toIntExact(length)];
        for (int i = 0; i < samples.length; i++) {
            long at = i * (long) stride;
            int whole = (int) (at / places);
            samples[i] =
                    resampling.sample(recording.samples(), whole, (at % places) / (double) places);
        }
        return new Recording(samples, rate);
    }

    private float sample(float[] input, int whole, double fraction) {
        double place = fraction * rows;
        int row = (int) place;
        float between = (float) (place - row);
        int first = whole - taps / 2 + 1;
        int from = Math.max(0, -first);
        int to = Math.min(taps, input.length - first);
        double sample = dot(input, first, filter[row], from, to);
        if (rows == ROWS_MAX && between != 0) {
            double above = dot(input, first, filter[row + 1], from, to);
            sample += between * (above - sample);
        }
        return (float) sample;
    }

    private static double dot(float[] input, int first, float[] row, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += input[first + i] * (double) row[i];
        }
        return sum;
    }

    /** The filter for an output sample {@code fraction} behind input sample {@code half - 1}. */
    private static float[] row(double fraction, int half, double scale) {
        double[] row = new double[2 * half];
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            double distance = i - (half - 1) - fraction;
            double edge = distance / half;
            double window =
                    Math.abs(edge) > 1
                            ? 0
                            : bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
            row[i] = sinc(distance * scale * CUTOFF) * window;
            sum += row[i];
        }
        float[] unit = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            // Each row passes a constant as it is, so that rows do not hum against each other.
            unit[i] = (float) (row[i] / sum);
        }
        return unit;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function I0, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= (x / 2 / k) * (x / 2 / k);
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
