package dev.snug.onnx.surgery;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A small algebra of {@link Term}s: each operation appends the node that computes it and returns
 * the result with its sizes.
 *
 * <p>Constants are shared, so that a long backward pass adds few initializers.
 */
final class BackwardGraph {
    private final Graph forward;
    private final GraphBuilder builder;
    private final Map<String, TensorType> types = new HashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<Float, Term> scalars = new HashMap<>();
    private final Map<List<Long>, String> vectors = new HashMap<>();
    private String hint = "gradient";

    /** An algebra that appends to {@code builder}, which begins with all of {@code forward}. */
    BackwardGraph(Graph forward, GraphBuilder builder) {
        this.forward = forward;
        this.builder = builder;
        types.putAll(forward.valueTypes());
        forward.inputs().forEach(port -> types.put(port.name(), port.type()));
        forward.initializers().forEach((name, tensor) -> types.put(name, tensor.type()));
        for (Port port : forward.outputs()) {
            types.putIfAbsent(port.name(), port.type());
        }
        for (Node node : forward.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
        }
    }

    /** Names the values appended from here on after {@code value}. */
    void name(String value) {
        hint = "gradient/" + value;
    }

    /**
     * The forward value {@code name}.
     *
     * @throws OnnxException when its sizes are not all known
     */
    Term value(String name) {
        TensorType type = types.get(name);
        if (type == null || !type.shape().isFixed()) {
            throw new OnnxException(
                    ("the gradient needs the sizes of value %s, known is %s; infer shapes first"
                                    + " and fix sizes that vary")
                            .formatted(name, type == null ? "nothing" : type));
        }
        return new Term(name, type.shape());
    }

    /** The constant that {@code name} holds: an initializer or a Constant node; null if neither. */
    @Nullable Tensor constant(String name) {
        Tensor tensor = forward.initializers().get(name);
        if (tensor != null) {
            return tensor;
        }
        Node producer = producers.get(name);
        return producer != null && producer.is("Constant")
                ? producer.tensorAttribute("value")
                : null;
    }

    Term scalar(double value) {
        return scalars.computeIfAbsent(
                (float) value,
                key ->
                        new Term(
                                builder.initializer("gradient/scalar", Tensor.scalar(key)),
                                Shape.of()));
    }

    /** The name of an int64 vector constant. */
    String longs(long... values) {
        return vectors.computeIfAbsent(
                Arrays.stream(values).boxed().toList(),
                key -> builder.initializer("gradient/longs", Tensor.longs(values, values.length)));
    }

    /** A float32 tensor constant. */
    Term constant(float[] values, long... sizes) {
        Tensor tensor = Tensor.floats(values, sizes);
        return new Term(builder.initializer("gradient/constant", tensor), tensor.shape());
    }

    /** Appends any operator whose result has the given shape. */
    Term apply(String operator, Shape shape, List<String> inputs, Named... attributes) {
        return new Term(builder.add(operator, hint, inputs, attributes), shape);
    }

    /** Appends an operator with several outputs, of which only {@code output} is used. */
    Term applyForOutput(Node node, int output, int outputs, Shape shape) {
        String name = builder.fresh(hint);
        String[] names = new String[outputs];
        for (int index = 0; index < outputs; index++) {
            names[index] = index == output ? name : builder.fresh(hint + "/unused");
        }
        builder.addNode(
                new Node(
                        name,
                        node.domain(),
                        node.operator(),
                        node.inputs(),
                        List.of(names),
                        node.attributes()));
        return new Term(name, shape);
    }

    Term unary(String operator, Term term) {
        return apply(operator, term.shape(), List.of(term.name()));
    }

    /** Appends an operator of two operands that broadcasts them, such as Mul or Greater. */
    Term binary(String operator, Term left, Term right) {
        return apply(
                operator,
                broadcast(left.shape(), right.shape()),
                List.of(left.name(), right.name()));
    }

    Term add(Term left, Term right) {
        return binary("Add", left, right);
    }

    Term sub(Term left, Term right) {
        return binary("Sub", left, right);
    }

    Term mul(Term left, Term right) {
        return binary("Mul", left, right);
    }

    Term div(Term left, Term right) {
        return binary("Div", left, right);
    }

    Term scale(Term term, double factor) {
        return factor == 1 ? term : mul(term, scalar(factor));
    }

    Term where(Term condition, Term yes, Term no) {
        Shape shape = broadcast(condition.shape(), broadcast(yes.shape(), no.shape()));
        return apply("Where", shape, List.of(condition.name(), yes.name(), no.name()));
    }

    /** {@code term} where {@code condition} holds, else 0. */
    Term keep(Term condition, Term term) {
        return where(condition, term, scalar(0));
    }

    Term reshape(Term term, Shape shape) {
        if (term.shape().equals(shape)) {
            return term;
        }
        return apply("Reshape", shape, List.of(term.name(), longs(shape.sizes())));
    }

    /** {@code term} repeated along its axes of size 1 up to {@code shape}. */
    Term expand(Term term, Shape shape) {
        if (term.shape().equals(shape)) {
            return term;
        }
        return apply("Expand", shape, List.of(term.name(), longs(shape.sizes())));
    }

    Term transpose(Term term, int... order) {
        long[] sizes = Arrays.stream(order).mapToLong(term::size).toArray();
        long[] permutation = Arrays.stream(order).asLongStream().toArray();
        return apply(
                "Transpose",
                Shape.of(sizes),
                List.of(term.name()),
                GraphBuilder.attribute("perm", permutation));
    }

    /** The sum over {@code axes}, which stay with size 1. */
    Term sum(Term term, int... axes) {
        return reduce("ReduceSum", term, axes);
    }

    /** A reduction over {@code axes}, which stay with size 1. */
    Term reduce(String operator, Term term, int... axes) {
        if (axes.length == 0) {
            return term;
        }
        long[] sizes = term.shape().sizes();
        for (int axis : axes) {
            sizes[axis] = 1;
        }
        return apply(
                operator,
                Shape.of(sizes),
                List.of(term.name(), longs(Arrays.stream(axes).asLongStream().toArray())));
    }

    /**
     * Undoes broadcasting: the gradient of an operand of shape {@code operand} from the gradient of
     * a result of shape {@code result}. Where the operand was repeated its gradients add up; where
     * the gradient itself is repeated the sum is a multiplication by the size.
     */
    Term sumTo(Term gradient, Shape result, Shape operand) {
        int lead = result.rank() - operand.rank();
        double repeats = 1;
        int[] reduced =
                IntStream.range(0, result.rank())
                        .filter(axis -> axis < lead || operand.size(axis - lead) == 1)
                        .filter(axis -> result.size(axis) > 1)
                        .toArray();
        for (int axis : reduced) {
            repeats *= gradient.size(axis) == 1 ? result.size(axis) : 1;
        }
        int[] present = Arrays.stream(reduced).filter(axis -> gradient.size(axis) > 1).toArray();
        Term summed = scale(sum(gradient, present), repeats);
        List<Dimension> kept = summed.shape().dimensions().subList(lead, summed.rank());
        return reshape(summed, new Shape(kept));
    }

    /** Whether {@code value} can carry a gradient; a value of unknown type is taken to. */
    boolean isFloat(String value) {
        TensorType type = types.get(value);
        return type == null || type.elementType() == ElementType.FLOAT;
    }

    /**
     * The shape of the result of an operator that broadcasts.
     *
     * @throws OnnxException when the shapes do not fit
     */
    static Shape broadcast(Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        long[] sizes = new long[rank];
        for (int axis = -1; axis >= -rank; axis--) {
            long first = axis >= -left.rank() ? left.size(axis) : 1;
            long second = axis >= -right.rank() ? right.size(axis) : 1;
            if (first != second && first != 1 && second != 1) {
                throw new OnnxException("shapes " + left + " and " + right + " do not broadcast");
            }
            sizes[rank + axis] = first == 1 ? second : first;
        }
        return Shape.of(sizes);
    }
}
