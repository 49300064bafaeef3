package dev.snug.onnx.shape;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/**
 * The integers that a node makes, where they follow from sizes and constants: what exporters write
 * between Shape and the operator that takes a size. At most 64 integers of a value are looked at,
 * in one dimension or two; truth values are 0 and 1.
 */
final class KnownIntegers {
    private static final int VALUES_MAX = 64;
    private static final int RANK_MAX = 2;

    private final Node node;
    private final Map<String, TensorType> types;
    private final Map<String, Tensor> constants;

    private KnownIntegers(Node node, Map<String, TensorType> types, Map<String, Tensor> constants) {
        this.node = node;
        this.types = types;
        this.constants = constants;
    }

    /** The integers of the first output; empty when they are not known before the run. */
    static Optional<Tensor> of(
            Node node, Map<String, TensorType> types, Map<String, Tensor> constants) {
        TensorType made = types.get(node.output(0));
        if (!node.is(node.operator()) || made == null || !isList(made)) {
            return Optional.empty();
        }
        return new KnownIntegers(node, types, constants)
                .values(made.shape())
                .filter(values -> values.length == made.shape().elements())
                .map(values -> Tensor.longs(values, made.shape().sizes()));
    }

    private static boolean isList(TensorType type) {
        boolean isWhole =
                switch (type.elementType()) {
                    case INT64, INT32, BOOL -> true;
                    default -> false;
                };
        return isWhole
                && type.shape().rank() <= RANK_MAX
                && type.shape().isFixed()
                && type.shape().elements() <= VALUES_MAX;
    }

    private Optional<long[]> values(Shape shape) {
        return switch (node.operator()) {
            case "Shape" -> sizes();
            case "Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape" -> input(0);
            case "Gather" -> input(0).flatMap(all -> input(1).flatMap(at -> picked(all, at)));
            case "Slice" -> slice();
            case "Concat" -> concat();
            case "Add" -> both(Math::addExact, shape);
            case "Sub" -> both(Math::subtractExact, shape);
            case "Mul" -> both(Math::multiplyExact, shape);
            case "Div" -> both((left, right) -> right == 0 ? 0 : left / right, shape);
            case "Mod" -> both((left, right) -> right == 0 ? 0 : modulo(left, right), shape);
            case "Neg" -> input(0).map(all -> Arrays.stream(all).map(Math::negateExact).toArray());
            case "Equal" -> both((left, right) -> left == right ? 1 : 0, shape);
            case "Where" -> chosen(shape);
            case "Transpose" -> transposed();
            case "ConstantOfShape" -> Optional.of(filled(shape));
            default -> Optional.empty();
        };
    }

    /** The sign is the divisor's, as in Python; that of the dividend where the node asks for it. */
    private long modulo(long left, long right) {
        return node.longAttribute("fmod", 0) == 0 ? Math.floorMod(left, right) : left % right;
    }

    private Optional<long[]> sizes() {
        TensorType type = types.get(node.input(0));
        if (type == null || !type.shape().isFixed()) {
            return Optional.empty();
        }
        long[] all = type.shape().sizes();
        int start = bound(node.longAttribute("start", 0), all.length);
        int end = bound(node.longAttribute("end", all.length), all.length);
        return Optional.of(Arrays.copyOfRange(all, start, Math.max(start, end)));
    }

    private static int bound(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }

    private Optional<long[]> input(int index) {
        String name = node.input(index);
        Tensor value = constants.get(name);
        if (value == null || !isList(value.type())) {
            return Optional.empty();
        }
        long[] values = new long[(int) value.shape().elements()];
        Arrays.setAll(values, at -> element(value, at));
        return Optional.of(values);
    }

    private static long element(Tensor value, int at) {
        return switch (value.elementType()) {
            case INT64 -> value.bytes().getLong(at * Long.BYTES);
            case INT32 -> value.bytes().getInt(at * Integer.BYTES);
            default -> value.bytes().get(at);
        };
    }

    private static Optional<long[]> picked(long[] all, long[] indices) {
        long[] picked = new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            long at = indices[i] < 0 ? indices[i] + all.length : indices[i];
            if (at < 0 || at >= all.length) {
                return Optional.empty();
            }
            picked[i] = all[(int) at];
        }
        return Optional.of(picked);
    }

    /** One stretch of the rows, forwards or back, step 1. */
    private Optional<long[]> slice() {
        Optional<long[]> all = input(0);
        Optional<long[]> starts = input(1);
        Optional<long[]> ends = input(2);
        long axis = input(3).filter(axes -> axes.length == 1).map(axes -> axes[0]).orElse(0L);
        long step = node.input(4).isEmpty() ? 1 : input(4).map(steps -> steps[0]).orElse(0L);
        if (all.isEmpty() || starts.isEmpty() || ends.isEmpty() || axis != 0 || step == 0) {
            return Optional.empty();
        }
        TensorType type = types.get(node.input(0));
        int rows = type == null || type.shape().rank() == 0 ? 1 : (int) type.shape().size(0);
        int width = rows == 0 ? 0 : all.get().length / rows;
        int from = bound(starts.get()[0], rows);
        int to = bound(ends.get()[0], rows);
        if (step == 1) {
            return Optional.of(
                    Arrays.copyOfRange(all.get(), from * width, Math.max(from, to) * width));
        }
        boolean isAllReversed = step == -1 && starts.get()[0] == -1 && ends.get()[0] < -rows;
        return isAllReversed ? Optional.of(reversed(all.get(), width)) : Optional.empty();
    }

    private static long[] reversed(long[] all, int width) {
        long[] reversed = new long[all.length];
        for (int at = 0; at < all.length; at += width) {
            System.arraycopy(all, at, reversed, all.length - at - width, width);
        }
        return reversed;
    }

    private Optional<long[]> transposed() {
        TensorType type = types.get(node.input(0));
        long[] order = node.longsAttribute("perm", 1, 0);
        if (type == null || type.shape().rank() != RANK_MAX || order[0] != 1) {
            return input(0);
        }
        int rows = (int) type.shape().size(0);
        int columns = (int) type.shape().size(1);
        return input(0).map(
                        all -> {
                            long[] turned = new long[all.length];
                            for (int at = 0; at < all.length; at++) {
                                turned[at % columns * rows + at / columns] = all[at];
                            }
                            return turned;
                        });
    }

    private Optional<long[]> chosen(Shape shape) {
        Optional<long[]> test = input(0);
        Optional<long[]> left = input(1);
        Optional<long[]> right = input(2);
        if (test.isEmpty() || left.isEmpty() || right.isEmpty() || shape.rank() == RANK_MAX) {
            return Optional.empty();
        }
        long[] values = new long[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(test.get(), i) != 0 ? at(left.get(), i) : at(right.get(), i);
        }
        return Optional.of(values);
    }

    private Optional<long[]> concat() {
        long[] joined = new long[0];
        for (int index = 0; index < node.inputs().size(); index++) {
            Optional<long[]> part = input(index);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            int before = joined.length;
            joined = Arrays.copyOf(joined, before + part.get().length);
            System.arraycopy(part.get(), 0, joined, before, part.get().length);
        }
        return Optional.of(joined);
    }

    private Optional<long[]> both(LongBinaryOperator operator, Shape shape) {
        Optional<long[]> left = input(0);
        Optional<long[]> right = input(1);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        if (shape.rank() == RANK_MAX) {
            return Optional.empty();
        }
        long[] values = new long[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = operator.applyAsLong(at(left.get(), i), at(right.get(), i));
        }
        return Optional.of(values);
    }

    private static long at(long[] values, int index) {
        return values[values.length == 1 ? 0 : index];
    }

    private long[] filled(Shape shape) {
        Tensor value = node.tensorAttribute("value");
        long each =
                value == null || value.elementType() != ElementType.INT64 ? 0 : value.toLongs()[0];
        long[] values = new long[(int) shape.elements()];
        Arrays.fill(values, each);
        return values;
    }
}
