package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.Shape;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Derivatives of pooling with sliding windows. */
final class PoolingRules {
    static final Map<String, Rule> ALL =
            Map.of("AveragePool", PoolingRules::average, "MaxPool", PoolingRules::maximum);

    private PoolingRules() {}

    /**
     * Each window's gradient, divided by the number of elements it averages, is added to them all:
     * a transposed convolution with ones, on each channel as a picture of its own.
     */
    private static Term average(Step step, int index) {
        BackwardGraph graph = step.graph();
        Shape input = step.x().shape();
        Shape output = step.y().shape();
        long[] kernel = step.node().longsAttribute("kernel_shape");
        Window window = Window.of(step, kernel);
        long[] spatial = Arrays.copyOfRange(input.sizes(), 2, input.rank());
        long[] windows = Arrays.copyOfRange(output.sizes(), 2, output.rank());
        float[] ones = new float[window.elements()];
        Arrays.fill(ones, 1);

        Term share = graph.div(step.gradient(), counts(step, window, spatial, windows));
        long pictures = input.size(0) * input.size(1);
        Term byPicture =
                graph.reshape(graph.expand(share, output), Shape.of(prepend(pictures, 1, windows)));
        Term weights = graph.constant(ones, prepend(1, 1, kernel));
        Shape scattered = Shape.of(prepend(pictures, 1, spatial));
        return graph.reshape(window.scatter(graph, byPicture, weights.name(), 1, scattered), input);
    }

    /** The number of elements that each window averages. */
    private static Term counts(Step step, Window window, long[] spatial, long[] windows) {
        if (step.node().longAttribute("count_include_pad", 0) == 0) {
            float[] counts = window.elementCounts(spatial, windows);
            return step.graph().constant(counts, prepend(1, 1, windows));
        }
        if (step.node().longAttribute("ceil_mode", 0) != 0) {
            throw step.refuse("it counts padding and has ceil_mode");
        }
        return step.graph().scalar(window.elements());
    }

    /**
     * Each window's gradient goes to its largest element, the first where several tie. Which that
     * was, the operator itself tells in its second output; it is run again for that, since the
     * first run may not have kept it.
     */
    private static Term maximum(Step step, int index) {
        if (step.node().longAttribute("storage_order", 0) != 0) {
            throw step.refuse("its indices count column by column");
        }
        BackwardGraph graph = step.graph();
        Shape input = step.x().shape();
        Shape output = step.y().shape();
        Term indices = graph.applyForOutput(step.node(), 1, 2, output);
        Shape flat = Shape.of(input.elements());
        Shape flatWindows = Shape.of(output.elements());
        Term zeros = graph.expand(graph.reshape(graph.scalar(0), Shape.of(1)), flat);
        Term scattered =
                graph.apply(
                        "ScatterElements",
                        flat,
                        List.of(
                                zeros.name(),
                                graph.reshape(indices, flatWindows).name(),
                                graph.reshape(step.fullGradient(), flatWindows).name()),
                        attribute("axis", 0),
                        attribute("reduction", "add"));
        return graph.reshape(scattered, input);
    }

    private static long[] prepend(long first, long second, long[] rest) {
        long[] sizes = new long[rest.length + 2];
        sizes[0] = first;
        sizes[1] = second;
        System.arraycopy(rest, 0, sizes, 2, rest.length);
        return sizes;
    }
}
