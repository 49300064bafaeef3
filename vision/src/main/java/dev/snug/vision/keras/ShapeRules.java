package dev.snug.vision.keras;

import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Rules of the layers that keep the numbers and change at most their shape. Keras reads a picture
 * in the order height, width, channel; the graph holds it channel first, so a transposition stands
 * where that order matters and only there.
 */
final class ShapeRules {
    private ShapeRules() {}

    /** What does something in training only. */
    static Value identity(LayerCall call) {
        call.settings().readAll();
        return call.input();
    }

    static Value flatten(LayerCall call) {
        call.requireChannelsLast();
        Value input = call.input();
        return reshape(call, input, Shape.of(1, input.shape().elements()));
    }

    static Value reshape(LayerCall call) {
        Value input = call.input();
        long[] target = call.settings().sizes("target_shape");
        long known = 1;
        int open = -1;
        for (int axis = 0; axis < target.length; axis++) {
            if (target[axis] >= 1 && target[axis] <= input.shape().elements() / known) {
                known *= target[axis];
            } else if (target[axis] == -1 && open < 0) {
                open = axis;
            } else {
                throw unfit(call, input, target);
            }
        }
        long elements = input.shape().elements();
        if (elements % known != 0 || (open < 0 && elements != known)) {
            throw unfit(call, input, target);
        }
        long[] sizes = new long[target.length + 1];
        sizes[0] = 1;
        System.arraycopy(target, 0, sizes, 1, target.length);
        if (open >= 0) {
            sizes[open + 1] = elements / known;
        }
        return reshape(call, input, Shape.of(sizes));
    }

    private static RuntimeException unfit(LayerCall call, Value input, long[] target) {
        return call.refusal(
                "its input %s does not fit the fixed shape %s"
                        .formatted(input.shape(), Arrays.toString(target)));
    }

    /** {@code value} with axes of size 1 after the batch until it has {@code rank}. */
    static Value raise(LayerCall call, Value value, int rank) {
        int missing = rank - value.shape().rank();
        if (missing == 0) {
            return value;
        }
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        long[] own = value.shape().sizes();
        System.arraycopy(own, 1, sizes, missing + 1, own.length - 1);
        return reshape(call, value, Shape.of(sizes));
    }

    private static Value reshape(LayerCall call, Value value, Shape shape) {
        if (value.shape().equals(shape)) {
            return value;
        }
        String from = value.name();
        if (orderMatters(value)) {
            from =
                    call.out()
                            .untyped(
                                    "Transpose",
                                    call.path() + "/nhwc",
                                    List.of(from),
                                    Emission.perm(0, 2, 3, 1));
        }
        Value target = new Value("", shape);
        if (!orderMatters(target)) {
            List<String> operands = List.of(from, sizes(call, target.graphShape()));
            return call.node("Reshape", shape, operands);
        }
        String rows =
                call.out()
                        .untyped(
                                "Reshape",
                                call.path() + "/rows",
                                List.of(from, sizes(call, shape)));
        return call.node("Transpose", shape, List.of(rows), Emission.perm(0, 3, 1, 2));
    }

    /** Whether NHWC and NCHW put the elements in different orders. */
    private static boolean orderMatters(Value value) {
        return value.isPicture() && value.channels() > 1 && value.height() * value.width() > 1;
    }

    private static String sizes(LayerCall call, Shape shape) {
        return call.out()
                .constant("shape/" + shape, () -> Tensor.longs(shape.sizes(), shape.rank()));
    }
}
