package dev.snug.onnx.quantize;

/**
 * The blocks of a matrix, column by column, each as a scale and whole numbers: value = (whole -
 * middle) · scale, the middle being half of what the bits hold.
 *
 * <p>The value that is farthest from zero gets the end that has one more step, as in llama.cpp's
 * Q4_0. Of 4 bits several scales near that are tried, and the one with the least squared error is
 * taken.
 */
final class Blocks {
    /** Of the scale that just holds the farthest value. */
    private static final float[] TRIED = {1, 0.95f, 0.9f, 0.85f, 0.8f};

    private static final int COLUMNS_READ = 16;

    /** With 8 bits the error is rounding, which clipping only makes worse. */
    private static final int BITS_TRIED_MAX = 4;

    private final Factor factor;
    private final int middle;
    private final int block;
    private final int tries;
    private final float[] scales;
    private final float[] read;
    private int first = Integer.MAX_VALUE;

    Blocks(Factor factor, int bits, int block) {
        this.factor = factor;
        this.middle = 1 << (bits - 1);
        this.block = block;
        this.tries = bits <= BITS_TRIED_MAX ? TRIED.length : 1;
        this.read = new float[COLUMNS_READ * factor.rows()];
        this.scales = new float[Math.toIntExact(factor.elements() / block)];
        float[] values = new float[block];
        for (int at = 0; at < scales.length; at++) {
            for (int i = 0; i < block; i++) {
                values[i] = value(at * block + i);
            }
            scales[at] = scale(values);
        }
    }

    /** One for each block, 0 for one of zeros. */
    float[] scales() {
        return scales;
    }

    /** The value {@code index}, counted through all blocks, 0 to 2^bits - 1. */
    int whole(int index) {
        return rounded(value(index), scales[index / block]);
    }

    /** Read by columns in some number at once: one by one, each value is a line of the cache. */
    private float value(int index) {
        int at = index - first;
        if (at < 0 || at >= read.length) {
            int column = index / factor.rows();
            first = column * factor.rows();
            factor.columns(column, read);
            at = index - first;
        }
        return read[at];
    }

    private float scale(float[] values) {
        float farthest = 0;
        for (float value : values) {
            farthest = Math.abs(value) > Math.abs(farthest) ? value : farthest;
        }
        float best = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < tries && farthest != 0; i++) {
            float scale = -farthest / middle * TRIED[i];
            float error = error(values, scale);
            if (error < least) {
                least = error;
                best = scale;
            }
        }
        return best;
    }

    private float error(float[] values, float scale) {
        float sum = 0;
        for (float value : values) {
            float off = value - (rounded(value, scale) - middle) * scale;
            sum += off * off;
        }
        return sum;
    }

    private int rounded(float value, float scale) {
        return scale == 0
                ? middle
                : Math.clamp(Math.round(value / scale) + middle, 0, 2 * middle - 1);
    }
}
