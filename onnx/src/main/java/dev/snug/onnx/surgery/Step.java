package dev.snug.onnx.surgery;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One node on the way back: the node, the gradients of its outputs and the graph to append to.
 *
 * @param gradients for each output its gradient, or null where none arrives
 */
record Step(BackwardGraph graph, Node node, List<@Nullable Term> gradients) {

    /** The gradient of the first output; an axis of size 1 may stand for a repeated one. */
    Term gradient() {
        Term gradient = gradients.getFirst();
        if (gradient == null) {
            throw refuse("only its first output can be differentiated");
        }
        return gradient;
    }

    /** The gradient of the first output in full size. */
    Term fullGradient() {
        return graph.expand(gradient(), y().shape());
    }

    /** The forward value of input {@code index}. */
    Term input(int index) {
        return graph.value(node.input(index));
    }

    /** The forward value of the first input. */
    Term x() {
        return input(0);
    }

    /** The forward value of the first output. */
    Term y() {
        return graph.value(node.output(0));
    }

    /** The gradient of input {@code index} from one in the shape of the first output. */
    Term sumTo(Term gradient, int index) {
        return graph.sumTo(gradient, y().shape(), input(index).shape());
    }

    /**
     * Requires that the differentiated input is the first, for operators whose other inputs are
     * parameters.
     */
    void firstInputOnly(int index) {
        if (index != 0) {
            throw refuse("its input " + index + " depends on the target");
        }
    }

    /**
     * The axes an operator works on, from attribute {@code axes} (older operator sets) or input
     * {@code index}, made positive; null when neither is given.
     */
    int @Nullable [] axes(int index, int rank) {
        long[] axes;
        if (node.attributes().containsKey("axes")) {
            axes = node.longsAttribute("axes");
        } else if (node.input(index).isEmpty()) {
            return null;
        } else {
            axes = longs(index);
        }
        return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).toArray();
    }

    /** The positive form of {@code axis} in a tensor of {@code rank} axes. */
    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw refuse("axis " + axis + " is not one of " + rank + " axes");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The integers that input {@code index} holds, which must be constant. */
    long[] longs(int index) {
        Tensor tensor = graph.constant(node.input(index));
        if (tensor == null) {
            throw refuse("its input " + index + " is not constant");
        }
        if (tensor.elementType() == ElementType.INT32) {
            int[] values = new int[tensor.byteSize() / Integer.BYTES];
            tensor.bytes().asIntBuffer().get(values);
            return Arrays.stream(values).asLongStream().toArray();
        }
        return tensor.toLongs();
    }

    /** The axes from 2 on: all but batch and channels. */
    static int[] spatialAxes(Shape shape) {
        return IntStream.range(2, shape.rank()).toArray();
    }

    /** The error that says which node cannot be differentiated and why. */
    OnnxException refuse(String reason) {
        return new OnnxException(
                "no gradient through %s (node %s): %s"
                        .formatted(node.operator(), node.name(), reason));
    }
}
