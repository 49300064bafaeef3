package dev.snug.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.ReverseMode;
import dev.snug.runtime.session.OrtEvaluator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Central finite differences: the oracle for {@link ReverseMode}.
 *
 * <p>The loss is the sum of a function's results, each with a random weight. Its gradient by
 * reverse mode is compared, element by element, with the change of the loss when that element moves
 * by {@link #STEP} either way. All moved copies of the function stand in one graph, so that one run
 * gives them all.
 */
final class FiniteDifferences {
    /** How far an element moves; the inputs keep at least twice that from each other. */
    private static final double STEP = 0.01;

    /** Inputs are odd multiples of half of this: they never tie and never meet a multiple of it. */
    static final double GRID = 0.04;

    /** Of the largest gradient: what float32 and the steps' curvature leave. */
    private static final double TOLERANCE = 2e-3;

    private final Evaluator evaluator;
    private final long[] sizes;
    private final Random random;
    private double shift;

    private FiniteDifferences(long[] sizes) {
        this.evaluator = new OrtEvaluator();
        this.sizes = sizes;
        this.random = new Random(20261121);
    }

    /** Differences at a tensor of the given sizes with values of both signs around 0. */
    static FiniteDifferences at(long... sizes) {
        return new FiniteDifferences(sizes);
    }

    /** Differences at values above {@code least}, a multiple of {@link #GRID}. */
    FiniteDifferences above(double least) {
        shift = least + GRID * Math.floorDiv(Shape.of(sizes).elements(), 2);
        return this;
    }

    /** A function of one value, written as the nodes that compute it. */
    interface Function {
        /** Appends the nodes and returns the name of the result. */
        String of(Nodes nodes, String x);
    }

    /** Asserts that the gradient of {@code function} is that of its finite differences. */
    void check(Function function) {
        GraphBuilder plain = new GraphBuilder("plain");
        plain.input("x", TensorType.floats(sizes));
        String y = function.of(new Nodes(plain), "x");
        Graph graph = Typed.graph(plain, y);
        long[] resultSizes = graph.output(y).type().shape().sizes();

        GraphBuilder builder = GraphBuilder.from(graph);
        String weights = builder.initializer("weights", random(resultSizes));
        ReverseMode.Gradient gradient =
                ReverseMode.append(graph, builder, new ReverseMode.Seed(y, weights), "x");
        Nodes nodes = new Nodes(builder);
        String full = nodes.add("Expand", gradient.value(), nodes.longs(sizes));
        builder.output(full, TensorType.floats(sizes));
        String losses = losses(function, nodes, weights);
        long count = 2 * Shape.of(sizes).elements();
        builder.output(losses, TensorType.floats(count));

        Map<String, Tensor> results =
                evaluator.evaluate(Model.of(builder.build()), Map.of("x", input()));
        compare(floats(results, full), floats(results, losses));
        assertThat(gradient.shape().rank()).isEqualTo(sizes.length);
    }

    private String losses(Function function, Nodes nodes, String weights) {
        List<String> losses = new ArrayList<>();
        int elements = (int) Shape.of(sizes).elements();
        for (int at = 0; at < elements; at++) {
            for (double step : new double[] {STEP, -STEP}) {
                float[] move = new float[elements];
                move[at] = (float) step;
                String moved = nodes.add("Add", "x", nodes.floats(move, sizes));
                String weighted = nodes.add("Mul", function.of(nodes, moved), weights);
                String flat = nodes.add("Reshape", weighted, nodes.longs(-1));
                losses.add(nodes.add("ReduceSum", flat, nodes.longs(0)));
            }
        }
        return nodes.concat(0, losses);
    }

    private static float[] floats(Map<String, Tensor> results, String name) {
        return Objects.requireNonNull(results.get(name), name).toFloats();
    }

    private static void compare(float[] gradient, float[] losses) {
        double[] expected = new double[gradient.length];
        double largest = 0;
        for (int at = 0; at < expected.length; at++) {
            expected[at] = ((double) losses[2 * at] - losses[2 * at + 1]) / (2 * STEP);
            largest = Math.max(largest, Math.abs(expected[at]));
        }
        assertThat(largest).as("a gradient that is zero everywhere proves nothing").isPositive();
        for (int at = 0; at < expected.length; at++) {
            assertThat((double) gradient[at])
                    .as("gradient of element %d of %d", at, expected.length)
                    .isCloseTo(expected[at], within(TOLERANCE * Math.max(largest, 0.1)));
        }
    }

    private Tensor input() {
        int elements = (int) Shape.of(sizes).elements();
        List<Integer> order = new ArrayList<>();
        for (int at = 0; at < elements; at++) {
            order.add(at);
        }
        Collections.shuffle(order, random);
        float[] values = new float[elements];
        for (int at = 0; at < elements; at++) {
            values[at] =
                    (float) (shift + GRID * (order.get(at) - Math.floorDiv(elements, 2) + 0.5));
        }
        return Tensor.floats(values, sizes);
    }

    private Tensor random(long[] of) {
        float[] values = new float[(int) Shape.of(of).elements()];
        for (int at = 0; at < values.length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return Tensor.floats(values, of);
    }
}
