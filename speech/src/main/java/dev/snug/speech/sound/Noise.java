package dev.snug.speech.sound;

/**
 * The noise that speech starts from: independent normal values of mean 0 and variance 1, float32,
 * decided by the seed, the chunk and the place alone. A chunk's noise so is the same however many
 * threads run and whichever chunks were made before.
 *
 * <p>Each value's bits come from a counter through the mixer of SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", 2014), two at a time become normal by Box and
 * Muller, "A note on the generation of random normal deviates" (1958). All of it is defined to the
 * bit by the language, StrictMath included, so it is equal on every JDK and machine; it is not the
 * noise that another program makes of the same seed.
 *
 * @param seed any number
 */
public record Noise(long seed) {
    /** The step of the counter: 2^64 over the golden ratio, odd. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private static final double UNIT_53 = 0x1p-53;

    /** {@code count} values for chunk {@code chunk}, from 0. */
    public float[] values(int chunk, int count) {
        float[] values = new float[count];
        long start = mixed(mixed(seed) + chunk * GOLDEN);
        for (int i = 0; i < count; i += 2) {
            // Of (0, 1], so that its logarithm is finite.
            double first = ((mixed(start + i * GOLDEN) >>> 11) + 1) * UNIT_53;
            double second = (mixed(start + (i + 1) * GOLDEN) >>> 11) * UNIT_53;
            double radius = Math.sqrt(-2 * StrictMath.log(first));
            double angle = 2 * Math.PI * second;
            values[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < count) {
                values[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
        return values;
    }

    /** The mixer of SplitMix64: 64 bits of which each depends on all of {@code counter}'s. */
    public static long mixed(long counter) {
        long bits = counter;
        bits = (bits ^ (bits >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return bits ^ (bits >>> 31);
    }
}
