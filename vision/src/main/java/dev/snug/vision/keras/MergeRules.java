package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Shape;

import java.util.List;

/** Rules of the layers that join several values. */
final class MergeRules {
    private MergeRules() {}

    static Value add(LayerCall call) {
        return fold(call, "Add");
    }

    static Value multiply(LayerCall call) {
        return fold(call, "Mul");
    }

    static Value maximum(LayerCall call) {
        return fold(call, "Max");
    }

    static Value minimum(LayerCall call) {
        return fold(call, "Min");
    }

    static Value subtract(LayerCall call) {
        if (call.inputs().size() != 2) {
            throw call.refusal("it needs two inputs, has " + call.inputs().size());
        }
        return fold(call, "Sub");
    }

    static Value average(LayerCall call) {
        Value sum = fold(call, "Add");
        String divisor = call.scalar(call.inputs().size());
        return call.node("Div", sum.shape(), List.of(sum.name(), divisor));
    }

    /** One operator after the other, from the left, as Keras does it. */
    private static Value fold(LayerCall call, String operator) {
        if (call.inputs().size() < 2) {
            throw call.refusal("it needs at least two inputs, has " + call.inputs().size());
        }
        int rank = call.inputs().stream().mapToInt(value -> value.shape().rank()).max().orElse(0);
        Value result = ShapeRules.raise(call, call.inputs().getFirst(), rank);
        for (Value next : call.inputs().subList(1, call.inputs().size())) {
            Value operand = ShapeRules.raise(call, next, rank);
            Shape shape = broadcast(call, result.shape(), operand.shape());
            result = call.node(operator, shape, List.of(result.name(), operand.name()));
        }
        return result;
    }

    private static Shape broadcast(LayerCall call, Shape left, Shape right) {
        long[] sizes = left.sizes();
        for (int axis = 0; axis < sizes.length; axis++) {
            long other = right.size(axis);
            if (sizes[axis] != other && sizes[axis] != 1 && other != 1) {
                throw call.refusal("its inputs %s and %s do not fit".formatted(left, right));
            }
            sizes[axis] = Math.max(sizes[axis], other);
        }
        return Shape.of(sizes);
    }

    static Value concatenate(LayerCall call) {
        if (call.inputs().isEmpty()) {
            throw call.refusal("it has no inputs");
        }
        Value first = call.inputs().getFirst();
        int axis = call.axis(first);
        long[] sizes = first.shape().sizes();
        for (Value next : call.inputs().subList(1, call.inputs().size())) {
            requireSameElsewhere(call, first.shape(), next.shape(), axis);
            sizes[axis] += next.shape().size(axis);
        }
        return call.node(
                "Concat",
                Shape.of(sizes),
                call.inputs().stream().map(Value::name).toList(),
                GraphBuilder.attribute("axis", first.graphAxis(axis)));
    }

    private static void requireSameElsewhere(LayerCall call, Shape left, Shape right, int axis) {
        boolean same = left.rank() == right.rank();
        for (int other = 0; same && other < left.rank(); other++) {
            same = other == axis || left.size(other) == right.size(other);
        }
        if (!same) {
            throw call.refusal(
                    "its inputs %s and %s do not fit along axis %d".formatted(left, right, axis));
        }
    }
}
