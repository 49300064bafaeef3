package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node with what is known of its inputs: where a {@link Rule} reads and writes types. */
final class Site {
    /** Dimensions of one value; repeated Gather could otherwise double them without end. */
    private static final int RANK_MAX = 32;

    /** Values of an input that lists sizes or axes; twice a rank is what Pad needs. */
    private static final int CONSTANT_MAX = 2 * RANK_MAX;

    private final Node node;
    private final Map<String, TensorType> types;
    private final Map<String, Tensor> constants;

    Site(Node node, Map<String, TensorType> types, Map<String, Tensor> constants) {
        this.node = node;
        this.types = types;
        this.constants = constants;
    }

    Node node() {
        return node;
    }

    /** Whether the optional input {@code index} is there. */
    boolean has(int index) {
        return !node.input(index).isEmpty();
    }

    TensorType type(int index) {
        TensorType type = types.get(node.input(index));
        if (type == null) {
            throw new OnnxException("input " + index + " is missing");
        }
        return type;
    }

    List<Dimension> dimensions(int index) {
        return type(index).shape().dimensions();
    }

    /** The dimensions of input {@code index}, which must be {@code rank} or more. */
    List<Dimension> dimensions(int index, int rank) {
        List<Dimension> dimensions = dimensions(index);
        if (dimensions.size() < rank) {
            throw new OnnxException("input %d needs at least %d dimensions".formatted(index, rank));
        }
        return dimensions;
    }

    /** The value of an input of integers that is known before the run; empty when it is not. */
    Optional<long[]> constant(int index) {
        Tensor tensor = constants.get(node.input(index));
        if (tensor == null) {
            return Optional.empty();
        }
        if (tensor.byteSize() > CONSTANT_MAX * Long.BYTES) {
            throw new OnnxException(
                    "input %d has more than %d values".formatted(index, CONSTANT_MAX));
        }
        return switch (tensor.elementType()) {
            case INT64 -> Optional.of(tensor.toLongs());
            case INT32 -> {
                long[] values = new long[tensor.byteSize() / Integer.BYTES];
                for (int at = 0; at < values.length; at++) {
                    values[at] = tensor.bytes().getInt(at * Integer.BYTES);
                }
                yield Optional.of(values);
            }
            default -> throw new OnnxException("input " + index + " must hold integers");
        };
    }

    /**
     * The integers that newer operator sets give as input {@code index} and older ones as attribute
     * {@code key}: empty when the input is not known before the run.
     */
    Optional<long[]> constant(int index, String key) {
        return has(index) ? constant(index) : Optional.of(node.longsAttribute(key));
    }

    /** Whether input {@code index} or attribute {@code key} is there. */
    boolean has(int index, String key) {
        return has(index) || node.attributes().containsKey(key);
    }

    /** The integer attribute {@code key} as an axis of {@code rank}, counted from the front. */
    int axis(String key, long absent, int rank) {
        return axis(node.longAttribute(key, absent), rank);
    }

    /** {@code axis} of {@code rank} counted from the front. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new OnnxException("axis %d of %d dimensions".formatted(axis, rank));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Makes output 0 of the element type of input 0. */
    void make(List<Dimension> dimensions) {
        make(0, type(0).elementType(), dimensions);
    }

    /** Makes output {@code index}, if the node has it. */
    void make(int index, ElementType elementType, List<Dimension> dimensions) {
        if (dimensions.size() > RANK_MAX) {
            throw new OnnxException(
                    "the output has %d dimensions; the limit is %d"
                            .formatted(dimensions.size(), RANK_MAX));
        }
        if (!node.output(index).isEmpty()) {
            types.put(node.output(index), new TensorType(elementType, new Shape(dimensions)));
        }
    }
}
