package dev.snug.onnx.quantize;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where the output channels of a weight lie in memory: the tensor seen as [blocks, inner, lanes],
 * row-major, with one channel for each block and lane. A convolution's kernels, [out, …], are [out,
 * …, 1]; a matrix [in, out] is [1, in, out]; kernels in blocks of 16 channels, as ONNX Runtime lays
 * them out (NCHWc), are [out / 16, …, 16].
 *
 * <p>A channel's scale is the largest of its |w| / 127, and a weight is stored as round(w / scale),
 * ties to even: symmetric, so that 0 stays 0. Source: ONNX, DequantizeLinear; Jacob et al.,
 * arXiv:1712.05877, section 3, with zero point 0.
 *
 * @param blocks 1 or more
 * @param inner weights of a channel, 1 or more
 * @param lanes channels of a block, 1 or more
 */
record ChannelGrid(int blocks, int inner, int lanes) {
    /** The largest whole number of a weight; −128 has no counterpart and is not used. */
    static final int VALUE_MAX = 127;

    /** Channels in a block of NCHWc on processors with vectors of 512 and of 256 bits. */
    private static final int[] BLOCKS = {16, 8};

    /** Of a scale: several roundings of float32 away from a whole multiple still is on it. */
    private static final float ROUNDING = 1e-3f;

    /**
     * The grid of a tensor of {@code shape} whose channels lie along {@code axis}, the first or the
     * last.
     */
    static ChannelGrid along(int axis, Shape shape) {
        int elements = Math.toIntExact(shape.elements());
        int channels = Math.toIntExact(shape.size(axis));
        return axis == 0
                ? new ChannelGrid(channels, elements / channels, 1)
                : new ChannelGrid(1, elements / channels, channels);
    }

    /**
     * The grid on which all weights of {@code tensor} are whole multiples of their channel's scale;
     * empty when there is none, so that nothing is rounded twice.
     */
    static Optional<ChannelGrid> holding(Tensor tensor) {
        Shape shape = tensor.shape();
        int elements = Math.toIntExact(shape.elements());
        Set<ChannelGrid> candidates = new LinkedHashSet<>();
        for (int lanes : BLOCKS) {
            if (shape.size(0) % lanes == 0) {
                int blocks = Math.toIntExact(shape.size(0) / lanes);
                candidates.add(new ChannelGrid(blocks, elements / blocks / lanes, lanes));
            }
        }
        candidates.add(along(0, shape));
        candidates.add(along(shape.rank() - 1, shape));
        return candidates.stream().filter(grid -> grid.holds(tensor)).findFirst();
    }

    /** The scale of each channel, block by block; 1 where all weights of a channel are 0. */
    float[] scales(String name, Tensor tensor) {
        float[] scales = new float[blocks * lanes];
        ByteBuffer weights = tensor.bytes();
        for (int at = 0; weights.hasRemaining(); at++) {
            float weight = weights.getFloat();
            if (!Float.isFinite(weight)) {
                throw new OnnxException(
                        "%s holds %s, which no scale reaches; store it as float32"
                                .formatted(name, weight));
            }
            int channel = channel(at);
            scales[channel] = Math.max(scales[channel], Math.abs(weight));
        }
        for (int channel = 0; channel < scales.length; channel++) {
            float scale = scales[channel] / VALUE_MAX;
            scales[channel] = scale < Float.MIN_NORMAL ? 1 : scale;
        }
        return scales;
    }

    /** The weights as whole numbers of {@code scales}. */
    TensorFile.Filling values(Tensor tensor, float[] scales) {
        ByteBuffer weights = tensor.bytes();
        int[] at = {0};
        return piece -> {
            while (piece.hasRemaining()) {
                piece.put((byte) whole(weights.getFloat(), scales[channel(at[0]++)]));
            }
        };
    }

    /** The weights that {@code values}, int8 of the same order, stand for. */
    TensorFile.Elements weights(Tensor values, float[] scales) {
        ByteBuffer wholes = values.bytes();
        int[] at = {0};
        return () -> wholes.get() * scales[channel(at[0]++)];
    }

    private boolean holds(Tensor tensor) {
        float[] scales;
        try {
            scales = scales("a weight", tensor);
        } catch (OnnxException e) {
            return false;
        }
        ByteBuffer weights = tensor.bytes();
        for (int at = 0; weights.hasRemaining(); at++) {
            float scale = scales[channel(at)];
            float weight = weights.getFloat();
            if (Math.abs(weight - whole(weight, scale) * scale) > ROUNDING * scale) {
                return false;
            }
        }
        return true;
    }

    /** The whole number of {@code scale} that is nearest to {@code weight}, ties to even. */
    static int whole(float weight, float scale) {
        return Math.clamp((long) Math.rint(weight / scale), -VALUE_MAX, VALUE_MAX);
    }

    /** Where the weight of {@code channel} for its input {@code input} lies. */
    int place(int channel, int input) {
        return (channel / lanes * inner + input) * lanes + channel % lanes;
    }

    private int channel(int at) {
        return at / (inner * lanes) * lanes + at % lanes;
    }
}
