package dev.snug.onnx.format;

/**
 * An endless row of float32 values, evenly spread around a centre, that its seed alone decides: the
 * same on every machine.
 *
 * <p>Source: SplitMix64 of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014; the upper 24 bits of each result.
 */
public final class RandomElements implements TensorFile.Elements {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private final float centre;
    private final float bound;
    private long state;

    private RandomElements(long seed, float centre, float bound) {
        this.state = seed;
        this.centre = centre;
        this.bound = bound;
    }

    /** The row for what is called {@code name}: other names have unrelated rows. */
    public static RandomElements of(long seed, String name, float centre, float bound) {
        return new RandomElements(mix(seed) ^ mix(name.hashCode() * GAMMA), centre, bound);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    @Override
    public float next() {
        state += GAMMA;
        return centre + bound * ((mix(state) >>> 40) * 0x1p-23f - 1);
    }
}
