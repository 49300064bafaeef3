package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.Shape;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Derivatives of operators that are linear in the differentiated input: products with weights. */
final class LinearRules {
    static final Map<String, Rule> ALL =
            Map.of(
                    "Gemm", LinearRules::gemm,
                    "MatMul", LinearRules::matMul,
                    "Conv", LinearRules::convolution,
                    "BatchNormalization", LinearRules::batchNormalization);

    private LinearRules() {}

    /** Y = α·A′·B′ + β·C, where a prime is a transposition if the node asks for it. */
    private static Term gemm(Step step, int index) {
        BackwardGraph graph = step.graph();
        boolean transA = step.node().longAttribute("transA", 0) != 0;
        boolean transB = step.node().longAttribute("transB", 0) != 0;
        float alpha = step.node().floatAttribute("alpha", 1);
        float beta = step.node().floatAttribute("beta", 1);
        if (index == 2) {
            return step.sumTo(graph.scale(step.gradient(), beta), 2);
        }
        Term gradient = step.fullGradient();
        Term other = step.input(1 - index);
        Shape shape = step.input(index).shape();
        if (index == 0) {
            return transA
                    ? product(graph, shape, alpha, other, transB, gradient, true)
                    : product(graph, shape, alpha, gradient, false, other, !transB);
        }
        return transB
                ? product(graph, shape, alpha, gradient, true, other, transA)
                : product(graph, shape, alpha, other, !transA, gradient, false);
    }

    private static Term product(
            BackwardGraph graph,
            Shape shape,
            float alpha,
            Term left,
            boolean transposeLeft,
            Term right,
            boolean transposeRight) {
        return graph.apply(
                "Gemm",
                shape,
                List.of(left.name(), right.name()),
                attribute("alpha", alpha),
                attribute("transA", transposeLeft ? 1 : 0),
                attribute("transB", transposeRight ? 1 : 0));
    }

    private static Term matMul(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term other = step.input(1 - index);
        Term operand = step.input(index);
        if (operand.rank() < 2 || other.rank() < 2) {
            throw step.refuse("a factor has fewer than 2 axes");
        }
        Term gradient = step.fullGradient();
        if (operand.rank() == 2 && other.rank() == 2) {
            return index == 0
                    ? product(graph, operand.shape(), 1, gradient, false, other, true)
                    : product(graph, operand.shape(), 1, other, true, gradient, false);
        }
        int[] swapped = IntStream.range(0, other.rank()).toArray();
        swapped[other.rank() - 1] = other.rank() - 2;
        swapped[other.rank() - 2] = other.rank() - 1;
        Term transposed = graph.transpose(other, swapped);
        Term left = index == 0 ? gradient : transposed;
        Term right = index == 0 ? transposed : gradient;
        long[] sizes = gradient.shape().sizes();
        sizes[sizes.length - 2] = left.size(-2);
        sizes[sizes.length - 1] = right.size(-1);
        Shape shape = Shape.of(sizes);
        Term result = graph.apply("MatMul", shape, List.of(left.name(), right.name()));
        return graph.sumTo(result, shape, operand.shape());
    }

    /**
     * The transposed convolution with the same weights, whose layout [out, in/groups, kernel…] is
     * the one it wants. Its result is cut to the input: padding is dropped, and rows at the end
     * that no window reached are zero.
     */
    private static Term convolution(Step step, int index) {
        step.firstInputOnly(index);
        Term weights = step.input(1);
        long[] kernel = Arrays.copyOfRange(weights.shape().sizes(), 2, weights.rank());
        Window window = Window.of(step, kernel);
        return window.scatter(
                step.graph(),
                step.fullGradient(),
                weights.name(),
                step.node().longAttribute("group", 1),
                step.x().shape());
    }

    /** Inference: each channel is multiplied by γ/√(variance + ε). */
    private static Term batchNormalization(Step step, int index) {
        step.firstInputOnly(index);
        if (step.node().longAttribute("training_mode", 0) != 0) {
            throw step.refuse("it is in training mode");
        }
        BackwardGraph graph = step.graph();
        double epsilon = step.node().floatAttribute("epsilon", 1e-5f);
        Term deviation = graph.unary("Sqrt", graph.add(step.input(4), graph.scalar(epsilon)));
        Term factor = graph.div(step.input(1), deviation);
        long[] sizes = new long[step.x().rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = factor.size(0);
        return graph.mul(step.gradient(), graph.reshape(factor, Shape.of(sizes)));
    }
}
