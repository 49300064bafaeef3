package dev.snug.speech.sound;

/**
 * The noise generator of the reference data, as its README defines it: each value the sum of twelve
 * upper 24 bits of a linear congruential generator, less 6.
 */
public final class Lcg {
    private Lcg() {}

    public static float[] values(long seed, int count) {
        long state = seed;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            long sum = 0;
            for (int k = 0; k < 12; k++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                sum += state >>> 40;
            }
            values[i] = (float) (sum / 16777216.0 - 6.0);
        }
        return values;
    }

    static short[] wave(long seed, int count, float gain) {
        float[] values = values(seed, count);
        short[] wave = new short[count];
        for (int i = 0; i < count; i++) {
            wave[i] = (short) (values[i] * gain);
        }
        return wave;
    }
}
