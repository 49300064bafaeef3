package dev.snug.vision.keras;

import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.vision.keras.file.StoredTensor;

import java.nio.ByteBuffer;

/**
 * The elements of a stored tensor in another order of its axes, each multiplied by its output
 * channel's factor in float64 and rounded once.
 */
final class Permuted implements Elements {
    private final ByteBuffer source;
    private final int[] sizes;
    private final int[] strides;
    private final int[] index;
    private final double[] factors;
    private final int perFactor;
    private int taken;
    private int offset;

    /**
     * @param axes the source's axes in the order wanted
     * @param factors one for each output channel; channels lie one after the other in the order
     *     wanted; one factor is for all
     */
    Permuted(StoredTensor tensor, int[] axes, double... factors) {
        this.source = tensor.floats();
        this.factors = factors;
        int elements = (int) tensor.shape().elements();
        this.perFactor = Math.max(1, elements / factors.length);
        this.sizes = new int[axes.length];
        this.strides = new int[axes.length];
        this.index = new int[axes.length];
        int[] sourceStrides = new int[axes.length];
        int stride = Float.BYTES;
        for (int axis = axes.length - 1; axis >= 0; axis--) {
            sourceStrides[axis] = stride;
            stride *= (int) tensor.shape().size(axis);
        }
        for (int i = 0; i < axes.length; i++) {
            sizes[i] = (int) tensor.shape().size(axes[i]);
            strides[i] = sourceStrides[axes[i]];
        }
    }

    @Override
    public float next() {
        double value = source.getFloat(offset) * factors[taken++ / perFactor];
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            offset += strides[axis];
            if (++index[axis] < sizes[axis]) {
                break;
            }
            offset -= strides[axis] * sizes[axis];
            index[axis] = 0;
        }
        return (float) value;
    }
}
