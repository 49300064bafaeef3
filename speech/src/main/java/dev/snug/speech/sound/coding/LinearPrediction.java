package dev.snug.speech.sound.coding;

/**
 * Weights that predict a sample from those before it: autocorrelation of the windowed block and
 * Levinson's recursion (Makhoul, "Linear prediction: a tutorial review", 1975), rounded with the
 * error carried on.
 *
 * @param weights of the sample before, the one before that ...
 * @param shift by which the weighted sum is moved right, 0 to 15
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearPrediction(int[] weights, int shift) {
    /** Weights; more gain less than they take at 24,000 samples a second. */
    static final int ORDER = 10;

    /** Bits of a weight. */
    static final int PRECISION = 12;

    private static final int SHIFT_MAX = 15;

    /** The weights for {@code samples}; none where the block cannot be predicted so. */
    static LinearPrediction of(int[] samples, int count) {
        double[] correlation = correlation(samples, count);
        double[] weights = new double[ORDER];
        double error = correlation[0];
        for (int i = 0; i < ORDER; i++) {
            if (!(error > 0)) {
                return new LinearPrediction(new int[0], 0);
            }
            double sum = correlation[i + 1];
            for (int j = 0; j < i; j++) {
                sum -= weights[j] * correlation[i - j];
            }
            double reflection = sum / error;
            double[] before = weights.clone();
            weights[i] = reflection;
            for (int j = 0; j < i; j++) {
                weights[j] -= reflection * before[i - 1 - j];
            }
            error *= 1 - reflection * reflection;
        }
        return rounded(weights);
    }

    private static double[] correlation(int[] samples, int count) {
        double[] windowed = new double[count];
        for (int i = 0; i < count; i++) {
            // Welch's window: no jump at the edges.
            double place = (i - (count - 1) / 2.0) / ((count + 1) / 2.0);
            windowed[i] = samples[i] * (1 - place * place);
        }
        double[] correlation = new double[ORDER + 1];
        for (int lag = 0; lag <= ORDER; lag++) {
            double sum = 0;
            for (int i = lag; i < count; i++) {
                sum += windowed[i] * windowed[i - lag];
            }
            correlation[lag] = sum;
        }
        return correlation;
    }

    private static LinearPrediction rounded(double[] weights) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, Math.abs(weight));
        }
        int shift = PRECISION - 2 - Math.getExponent(largest);
        if (!(largest > 0) || shift < 0) {
            return new LinearPrediction(new int[0], 0);
        }
        shift = Math.min(shift, SHIFT_MAX);
        int most = (1 << (PRECISION - 1)) - 1;
        int[] rounded = new int[weights.length];
        double carried = 0;
        for (int i = 0; i < weights.length; i++) {
            carried += Math.scalb(weights[i], shift);
            rounded[i] = Math.clamp(Math.round(carried), -most - 1, most);
            carried -= rounded[i];
        }
        return new LinearPrediction(rounded, shift);
    }

    /** What is left of the samples from the first predicted one on; false where it is too much. */
    boolean residual(int[] samples, int count, int[] residual) {
        for (int i = weights.length; i < count; i++) {
            long sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += (long) weights[j] * samples[i - 1 - j];
            }
            long rest = samples[i] - (sum >> shift);
            if (Math.abs(rest) > 1 << 24) {
                return false;
            }
            residual[i] = (int) rest;
        }
        return true;
    }
}
