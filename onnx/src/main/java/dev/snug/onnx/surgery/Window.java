package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.Shape;

import java.util.Arrays;
import java.util.List;

/** How a window slides over the spatial axes of its input; one entry for each of them. */
final class Window {
    private final long[] kernel;
    private final long[] strides;
    private final long[] dilations;

    /** Padding before the first element. */
    private final long[] before;

    private Window(long[] kernel, long[] strides, long[] dilations, long[] before) {
        this.kernel = kernel;
        this.strides = strides;
        this.dilations = dilations;
        this.before = before;
    }

    /**
     * The window of a Conv or pooling node.
     *
     * @param kernel its sizes
     */
    static Window of(Step step, long[] kernel) {
        long[] ones = new long[kernel.length];
        Arrays.fill(ones, 1);
        long[] strides = step.node().longsAttribute("strides", ones);
        long[] dilations = step.node().longsAttribute("dilations", ones);
        long[] before =
                Arrays.copyOf(
                        step.node().longsAttribute("pads", new long[2 * kernel.length]),
                        kernel.length);
        Window window = new Window(kernel, strides, dilations, before);
        String padding = step.node().stringAttribute("auto_pad", "NOTSET");
        for (int axis = 0; padding.startsWith("SAME") && axis < kernel.length; axis++) {
            long covered = window.covered(axis, step.y().size(axis + 2));
            long total = Math.max(0, covered - step.x().size(axis + 2));
            before[axis] = padding.equals("SAME_LOWER") ? total - total / 2 : total / 2;
        }
        return window;
    }

    /** The number of elements in one window. */
    int elements() {
        return Math.toIntExact(Arrays.stream(kernel).reduce(1, Math::multiplyExact));
    }

    /** The elements that {@code count} windows cover on spatial axis {@code axis}. */
    private long covered(int axis, long count) {
        return (count - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
    }

    /**
     * Adds each window's value, multiplied by the weights, back to the elements it was made from: a
     * ConvTranspose whose result has exactly the shape {@code input}.
     */
    Term scatter(BackwardGraph graph, Term windows, String weights, long groups, Shape input) {
        long[] pads = Arrays.copyOf(before, 2 * before.length);
        long[] missing = new long[before.length];
        for (int axis = 0; axis < before.length; axis++) {
            long beyond =
                    covered(axis, windows.size(axis + 2)) - before[axis] - input.size(axis + 2);
            pads[before.length + axis] = Math.max(0, beyond);
            missing[axis] = Math.max(0, -beyond);
        }
        return graph.apply(
                "ConvTranspose",
                input,
                List.of(windows.name(), weights),
                attribute("kernel_shape", kernel),
                attribute("strides", strides),
                attribute("dilations", dilations),
                attribute("pads", pads),
                attribute("output_padding", missing),
                attribute("group", groups));
    }

    /**
     * How many elements of an input each window holds, row by row, without padding.
     *
     * @param input spatial sizes
     * @param windows number of windows on each axis
     */
    float[] elementCounts(long[] input, long[] windows) {
        float[] counts = {1};
        for (int axis = 0; axis < input.length; axis++) {
            float[] wider = new float[Math.toIntExact(counts.length * windows[axis])];
            for (int at = 0; at < wider.length; at++) {
                int window = (int) (at % windows[axis]);
                wider[at] = counts[(int) (at / windows[axis])] * inside(axis, window, input[axis]);
            }
            counts = wider;
        }
        return counts;
    }

    private long inside(int axis, long window, long size) {
        long count = 0;
        for (long tap = 0; tap < kernel[axis]; tap++) {
            long at = window * strides[axis] - before[axis] + tap * dilations[axis];
            count += at >= 0 && at < size ? 1 : 0;
        }
        return count;
    }
}
