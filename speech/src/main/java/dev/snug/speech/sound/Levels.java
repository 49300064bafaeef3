package dev.snug.speech.sound;

/**
 * The level rules of VietVoice-TTS on int16 samples, in its float32 arithmetic, so that results are
 * equal sample by sample.
 */
public final class Levels {
    /** 90 % of the largest int16: the peak of a reference. */
    private static final float REFERENCE_PEAK = 29_491;

    /** The largest int16; a chunk that reaches it may be clipped. */
    private static final int CLIPPED = Short.MAX_VALUE;

    /** 80 % of the largest int16: the peak of a chunk that was clipped. */
    private static final double UNCLIPPED_PEAK = 26_214;

    /** Samples up to which a sum is one run, and runs side by side within it. */
    private static final int RUN = 128;

    private static final int LANES = 8;

    private Levels() {}

    /** Samples of any scale without their mean, at a peak of 90 %, cut off to int16. */
    public static short[] normalized(float[] samples) {
        float mean = mean(samples);
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample - mean));
        }
        float scale = peak > 0 ? REFERENCE_PEAK / peak : 1;
        short[] normalized = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            normalized[i] = (short) ((samples[i] - mean) * scale);
        }
        return normalized;
    }

    /** The samples as they are, or at a peak of 80 % where they reach the largest int16. */
    public static short[] unclipped(short[] samples) {
        int peak = 0;
        for (short sample : samples) {
            // As int16: the magnitude of -32768 is -32768, and so no peak.
            peak = Math.max(peak, (short) Math.abs(sample));
        }
        return peak < CLIPPED ? samples.clone() : scaled(samples, UNCLIPPED_PEAK / peak);
    }

    private static short[] scaled(short[] samples, double scale) {
        short[] scaled = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            scaled[i] = (short) (samples[i] * scale);
        }
        return scaled;
    }

    /** Float32 mean, summed in the order of numpy, on which the last bits depend. */
    static float mean(float[] samples) {
        return sum(samples, 0, samples.length) / samples.length;
    }

    /**
     * Pairwise summation (Higham, "The Accuracy of Floating Point Summation", 1993) with numpy's
     * blocks: halves down to 128 values, and eight sums side by side in those.
     */
    private static float sum(float[] values, int from, int count) {
        if (count > RUN) {
            int half = count / 2;
            half -= half % LANES;
            return sum(values, from, half) + sum(values, from + half, count - half);
        }
        int rounds = count / LANES;
        float total = 0;
        if (rounds > 0) {
            float[] lanes = new float[LANES];
            for (int i = 0; i < rounds * LANES; i++) {
                lanes[i % LANES] += values[from + i];
            }
            total =
                    ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
                            + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        }
        for (int i = rounds * LANES; i < count; i++) {
            total += values[from + i];
        }
        return total;
    }
}
