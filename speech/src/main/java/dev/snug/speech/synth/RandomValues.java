package dev.snug.speech.synth;

import dev.snug.onnx.Shape;
import dev.snug.onnx.format.TensorFile;

/**
 * An endless row of float32 values, evenly spread around a centre, that its seed alone decides: the
 * same on every machine.
 *
 * <p>Source: SplitMix64 of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014; the upper 24 bits of each result.
 */
final class RandomValues implements TensorFile.Elements {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    /** How far weights of 1 and biases of 0 are off, so that no two are exchangeable. */
    private static final float SMALL = 0.02f;

    private final float centre;
    private final float bound;
    private long state;

    RandomValues(long seed, float centre, float bound) {
        this.state = seed;
        this.centre = centre;
        this.bound = bound;
    }

    /** The row for what is called {@code name}: other names have unrelated rows. */
    static RandomValues of(long seed, String name, float centre, float bound) {
        return new RandomValues(mix(seed) ^ mix(name.hashCode() * GAMMA), centre, bound);
    }

    /**
     * What PyTorch starts the weight {@code name} with: evenly within 1/√(inputs of one output), so
     * that activations keep their size through any depth. Norms start at 1 and what is added at 0.
     */
    static RandomValues initial(long seed, String name, Shape shape) {
        if (name.endsWith("norm.weight")) {
            return of(seed, name, 1, SMALL);
        }
        if (name.endsWith(".bias") || name.contains(".grn.")) {
            return of(seed, name, 0, SMALL);
        }
        if (name.endsWith("text_embed.weight")) {
            return of(seed, name, 0, 1);
        }
        long[] sizes = shape.sizes();
        double inputs = 1;
        for (int i = 1; i < sizes.length; i++) {
            inputs *= sizes[i];
        }
        return of(seed, name, 0, (float) (1 / Math.sqrt(inputs)));
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
