package dev.snug.speech.synth;

import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.speech.f5.LogMel;

import java.util.function.IntToDoubleFunction;

/** The numbers of a speech network that nobody trains: window, mel filter, frequencies. */
final class Tables {
    /** Samples of a window, and values of its transform. */
    static final int WINDOW = 1024;

    /** Frequencies of a window of real samples. */
    static final int BINS = WINDOW / 2 + 1;

    private static final double THETA = 10_000;

    private Tables() {}

    /** The periodic window of Hann at sample {@code i}. */
    static double hann(int i) {
        return 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / WINDOW);
    }

    /** The whole window. */
    static Elements hann() {
        return counted(Tables::hann);
    }

    /** The mel filter [bins, bands]. */
    static Elements trianglesByBin() {
        float[] triangles = LogMel.triangles();
        return counted(i -> triangles[i % LogMel.BANDS * BINS + i / LogMel.BANDS]);
    }

    /** Radians a position, [values / 2]: 10000 to the power of -2j / values. */
    static Elements frequencies(int values) {
        return counted(j -> frequency(j, values));
    }

    static float frequency(int j, int values) {
        return (float) (1 / StrictMath.pow(THETA, 2.0 * j / values));
    }

    /** The values of {@code function} at 0, 1, 2 … */
    static Elements counted(IntToDoubleFunction function) {
        return new Counting(function);
    }

    private static final class Counting implements Elements {
        private final IntToDoubleFunction function;
        private int index;

        Counting(IntToDoubleFunction function) {
            this.function = function;
        }

        @Override
        public float next() {
            return (float) function.applyAsDouble(index++);
        }
    }
}
