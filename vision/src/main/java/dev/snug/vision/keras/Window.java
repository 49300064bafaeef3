package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;

import java.util.Objects;

/**
 * How a convolution or pooling slides over a picture. Arrays are {height, width}.
 *
 * <p>{@code same} padding as TensorFlow defines it: total = max((⌈n/s⌉ − 1)·s + k − n, 0), half of
 * it before (rounded down) and the rest after, with k the dilated size.
 */
final class Window {
    private static final int[] ONE = {1, 1};

    /** One place at a time: a pointwise convolution. */
    static final Window POINT = new Window(ONE, ONE, ONE, false);

    private final int[] sizes;
    private final int[] strides;
    private final int[] dilations;
    private final boolean same;

    private Window(int[] sizes, int[] strides, int[] dilations, boolean same) {
        this.sizes = sizes;
        this.strides = strides;
        this.dilations = dilations;
        this.same = same;
    }

    int height() {
        return sizes[0];
    }

    int width() {
        return sizes[1];
    }

    /** The window of a convolution of {@code call}. */
    static Window ofConvolution(LayerCall call) {
        return of(call, "kernel_size", ONE, "dilation_rate");
    }

    /** The window of a pooling of {@code call}; it moves by its own size unless told otherwise. */
    static Window ofPooling(LayerCall call) {
        int[] sizes = call.settings().pair("pool_size");
        return of(call, "pool_size", sizes == null ? ONE : sizes, "");
    }

    private static Window of(LayerCall call, String key, int[] defaultStrides, String dilation) {
        int[] sizes = call.settings().pair(key);
        if (sizes == null) {
            throw call.refusal("setting " + key + " is missing");
        }
        return new Window(
                sizes,
                Objects.requireNonNullElse(call.settings().pair("strides"), defaultStrides),
                dilation.isEmpty()
                        ? ONE
                        : Objects.requireNonNullElse(call.settings().pair(dilation), ONE),
                call.settings().choice("padding", "valid", "valid", "same").equals("same"));
    }

    private long dilated(int axis) {
        return (sizes[axis] - 1L) * dilations[axis] + 1;
    }

    /** The shape of the output, [1,height,width,channels]. */
    Shape outputShape(LayerCall call, Value input, long channels) {
        return Shape.of(
                1,
                outputSize(call, 0, input.height()),
                outputSize(call, 1, input.width()),
                channels);
    }

    private long outputSize(LayerCall call, int axis, long size) {
        if (same) {
            return Math.ceilDiv(size, (long) strides[axis]);
        }
        if (dilated(axis) > size) {
            throw call.refusal(
                    "its window of %d is larger than its input of %d"
                            .formatted(dilated(axis), size));
        }
        return (size - dilated(axis)) / strides[axis] + 1;
    }

    private long padding(int axis, long size) {
        if (!same) {
            return 0;
        }
        long last = (Math.ceilDiv(size, (long) strides[axis]) - 1) * strides[axis];
        return Math.max(last + dilated(axis) - size, 0);
    }

    /** The attribute {@code pads}: top, left, bottom, right. */
    Named pads(Value input) {
        long vertical = padding(0, input.height());
        long horizontal = padding(1, input.width());
        long[] pads = {
            vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2
        };
        return GraphBuilder.attribute("pads", pads);
    }

    Named kernelAttribute() {
        return GraphBuilder.attribute("kernel_shape", longs(sizes));
    }

    Named stridesAttribute() {
        return GraphBuilder.attribute("strides", longs(strides));
    }

    Named dilationsAttribute() {
        return GraphBuilder.attribute("dilations", longs(dilations));
    }

    private static long[] longs(int[] pair) {
        return new long[] {pair[0], pair[1]};
    }
}
