package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Derivatives of operators that only move, copy or drop elements. */
final class LayoutRules {
    static final Map<String, Rule> ALL = new HashMap<>();

    static {
        ALL.put("Identity", (step, index) -> step.gradient());
        ALL.put("Dropout", LayoutRules::dropout);
        ALL.put("Reshape", LayoutRules::reshape);
        ALL.put("Flatten", LayoutRules::reshape);
        ALL.put("Squeeze", LayoutRules::reshape);
        ALL.put("Unsqueeze", LayoutRules::reshape);
        ALL.put("Transpose", LayoutRules::transpose);
        ALL.put("Concat", LayoutRules::concatenation);
        ALL.put("Split", LayoutRules::split);
        ALL.put("Slice", LayoutRules::slice);
        ALL.put("Pad", LayoutRules::pad);
        ALL.put("Expand", LayoutRules::expand);
    }

    private LayoutRules() {}

    private static Term dropout(Step step, int index) {
        step.firstInputOnly(index);
        String training = step.node().input(2);
        if (!training.isEmpty()) {
            Tensor constant = step.graph().constant(training);
            if (constant == null || constant.bytes().get(0) != 0) {
                throw step.refuse("it may be in training mode");
            }
        }
        return step.gradient();
    }

    private static Term reshape(Step step, int index) {
        step.firstInputOnly(index);
        return step.graph().reshape(step.fullGradient(), step.x().shape());
    }

    private static Term transpose(Step step, int index) {
        int rank = step.x().rank();
        long[] reversed = IntStream.range(0, rank).mapToLong(axis -> rank - 1 - axis).toArray();
        long[] order = step.node().longsAttribute("perm", reversed);
        int[] inverse = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            inverse[(int) order[axis]] = axis;
        }
        return step.graph().transpose(step.gradient(), inverse);
    }

    private static Term concatenation(Step step, int index) {
        int axis = step.axis(step.node().longAttribute("axis", 0), step.y().rank());
        long[] starts = new long[step.y().rank()];
        for (int before = 0; before < index; before++) {
            starts[axis] += step.input(before).size(axis);
        }
        return cut(step, starts, step.input(index).shape());
    }

    private static Term pad(Step step, int index) {
        step.firstInputOnly(index);
        if (!step.node().stringAttribute("mode", "constant").equals("constant")) {
            throw step.refuse("its padding repeats elements");
        }
        int rank = step.x().rank();
        int[] axes = allUnlessNull(step.axes(3, rank), rank);
        long[] pads = step.longs(1);
        if (Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
            throw step.refuse("a negative padding cuts elements off");
        }
        long[] starts = new long[rank];
        for (int at = 0; at < axes.length; at++) {
            starts[axes[at]] = pads[at];
        }
        return cut(step, starts, step.x().shape());
    }

    /**
     * The part of the gradient that begins at {@code starts} and has the sizes {@code part}. An
     * axis that is whole, or along which the gradient does not vary, stays as it is.
     */
    private static Term cut(Step step, long[] starts, Shape part) {
        Term gradient = step.gradient();
        int[] axes =
                IntStream.range(0, starts.length)
                        .filter(axis -> gradient.size(axis) > 1)
                        .filter(axis -> gradient.size(axis) != part.size(axis))
                        .toArray();
        if (axes.length == 0) {
            return gradient;
        }
        BackwardGraph graph = step.graph();
        long[] sizes = gradient.shape().sizes();
        for (int axis : axes) {
            sizes[axis] = part.size(axis);
        }
        return graph.apply(
                "Slice",
                Shape.of(sizes),
                List.of(
                        gradient.name(),
                        graph.longs(pick(axes, axis -> starts[axis])),
                        graph.longs(pick(axes, axis -> starts[axis] + part.size(axis))),
                        graph.longs(pick(axes, axis -> axis))));
    }

    private static long[] pick(int[] axes, IntToLongFunction of) {
        return Arrays.stream(axes).mapToLong(of).toArray();
    }

    private static int[] allUnlessNull(int @Nullable [] axes, int rank) {
        return axes != null ? axes : IntStream.range(0, rank).toArray();
    }

    /** Zeros around the gradient: elements that were cut off had no influence. */
    private static Term slice(Step step, int index) {
        step.firstInputOnly(index);
        if (!step.node().input(4).isEmpty()
                && Arrays.stream(step.longs(4)).anyMatch(stride -> stride != 1)) {
            throw step.refuse("it takes steps other than 1");
        }
        int rank = step.x().rank();
        long[] starts = step.longs(1);
        int[] axes = step.axes(3, rank);
        if (axes == null) {
            axes = IntStream.range(0, starts.length).toArray();
        }
        long[] pads = new long[2 * rank];
        for (int at = 0; at < axes.length; at++) {
            int axis = axes[at];
            long size = step.x().size(axis);
            long start = starts[at] < 0 ? starts[at] + size : starts[at];
            pads[axis] = Math.clamp(start, 0, size);
            pads[rank + axis] = size - pads[axis] - step.y().size(axis);
        }
        BackwardGraph graph = step.graph();
        return graph.apply(
                "Pad", step.x().shape(), List.of(step.fullGradient().name(), graph.longs(pads)));
    }

    private static Term split(Step step, int index) {
        step.firstInputOnly(index);
        BackwardGraph graph = step.graph();
        List<String> parts = new ArrayList<>();
        for (int output = 0; output < step.node().outputs().size(); output++) {
            Term gradient = step.gradients().get(output);
            Shape shape = graph.value(step.node().output(output)).shape();
            parts.add(graph.expand(gradient == null ? zero(graph, shape) : gradient, shape).name());
        }
        long axis = step.node().longAttribute("axis", 0);
        return graph.apply("Concat", step.x().shape(), parts, attribute("axis", axis));
    }

    private static Term zero(BackwardGraph graph, Shape shape) {
        long[] ones = new long[shape.rank()];
        Arrays.fill(ones, 1);
        return graph.reshape(graph.scalar(0), Shape.of(ones));
    }

    private static Term expand(Step step, int index) {
        step.firstInputOnly(index);
        return step.sumTo(step.gradient(), 0);
    }
}
