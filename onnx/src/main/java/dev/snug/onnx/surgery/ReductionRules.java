package dev.snug.onnx.surgery;

import dev.snug.onnx.Shape;

import java.util.Map;
import java.util.stream.IntStream;

/** Derivatives of operators that gather whole axes: sums, means, extremes and softmax. */
final class ReductionRules {
    static final Map<String, Rule> ALL =
            Map.ofEntries(
                    Map.entry("GlobalAveragePool", global(ReductionRules::mean)),
                    Map.entry("GlobalMaxPool", global(ReductionRules::extreme)),
                    Map.entry("ReduceSum", reduction((step, axes, gradient) -> gradient)),
                    Map.entry("ReduceMean", reduction(ReductionRules::mean)),
                    Map.entry("ReduceMax", reduction(ReductionRules::extreme)),
                    Map.entry("ReduceMin", reduction(ReductionRules::extreme)),
                    Map.entry("Softmax", ReductionRules::softmax),
                    Map.entry("LogSoftmax", ReductionRules::logSoftmax));

    private ReductionRules() {}

    /** The gradient of a reduction's input; {@code gradient} has size 1 on the reduced axes. */
    @FunctionalInterface
    private interface Reduction {
        Term gradient(Step step, int[] axes, Term gradient);
    }

    private static Rule global(Reduction reduction) {
        return (step, index) ->
                reduction.gradient(step, Step.spatialAxes(step.x().shape()), step.gradient());
    }

    private static Rule reduction(Reduction reduction) {
        return (step, index) -> {
            step.firstInputOnly(index);
            int rank = step.x().rank();
            int[] axes = step.axes(1, rank);
            if (axes == null || axes.length == 0) {
                if (step.node().longAttribute("noop_with_empty_axes", 0) != 0) {
                    return step.gradient();
                }
                axes = IntStream.range(0, rank).toArray();
            }
            Term gradient = step.gradient();
            boolean kept = step.node().longAttribute("keepdims", 1) != 0;
            return reduction.gradient(step, axes, kept ? gradient : restore(step, axes));
        };
    }

    /** The gradient with the axes that the node dropped put back with size 1. */
    private static Term restore(Step step, int[] axes) {
        long[] sizes = step.x().shape().sizes();
        for (int axis : axes) {
            sizes[axis] = 1;
        }
        return step.graph().reshape(step.fullGradient(), Shape.of(sizes));
    }

    private static Term mean(Step step, int[] axes, Term gradient) {
        long count = IntStream.of(axes).mapToLong(step.x()::size).reduce(1, Math::multiplyExact);
        return step.graph().scale(gradient, 1.0 / count);
    }

    /** To the elements that are the extreme, in equal shares where several tie. */
    private static Term extreme(Step step, int[] axes, Term gradient) {
        BackwardGraph graph = step.graph();
        long[] sizes = step.x().shape().sizes();
        for (int axis : axes) {
            sizes[axis] = 1;
        }
        Term extreme = graph.reshape(step.y(), Shape.of(sizes));
        Term chosen = graph.binary("Equal", step.x(), extreme);
        Term mask = graph.keep(chosen, graph.scalar(1));
        return graph.mul(graph.div(gradient, graph.sum(mask, axes)), mask);
    }

    /** y·(g − Σ g·y). */
    private static Term softmax(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term weighted = graph.mul(step.gradient(), step.y());
        Term sum = graph.sum(weighted, softmaxAxis(step));
        return graph.mul(step.y(), graph.sub(step.gradient(), sum));
    }

    /** g − exp(y)·Σ g. */
    private static Term logSoftmax(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term gradient = step.fullGradient();
        Term sum = graph.sum(gradient, softmaxAxis(step));
        return graph.sub(gradient, graph.mul(graph.unary("Exp", step.y()), sum));
    }

    private static int softmaxAxis(Step step) {
        return step.axis(step.node().longAttribute("axis", -1), step.x().rank());
    }
}
