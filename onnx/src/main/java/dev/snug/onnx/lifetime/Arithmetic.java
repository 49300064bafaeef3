package dev.snug.onnx.lifetime;

import dev.snug.onnx.Node;
import dev.snug.onnx.TensorType;

import java.util.Map;

/**
 * The multiplications, each with its addition, that operators take: those of matrix products,
 * convolutions and attention, which are nearly all of a network's time. Others count as none.
 */
final class Arithmetic {
    /** Batch and channels, before the space. */
    private static final int LEADING = 2;

    /** Products of 8 bits in the time of one of float32: 2 with AVX2, 6 and more with AMX. */
    private static final long WHOLE_NUMBER_SPEED = 2;

    private final Map<String, TensorType> types;

    Arithmetic(Map<String, TensorType> types) {
        this.types = types;
    }

    /** Multiply-adds of one run of {@code node}. */
    long of(Node node) {
        return switch (node.operator()) {
            case "MatMul", "FusedMatMul", "Gemm", "MatMulNBits" -> product(node);
            case "MatMulIntegerToFloat" -> product(node) / WHOLE_NUMBER_SPEED;
            case "Conv", "FusedConv" -> {
                long[] w = sizes(node.input(1));
                yield times(elements(sizes(node.output(0)), 0), times(w[1], elements(w, LEADING)));
            }
            case "ConvTranspose" ->
                    times(elements(sizes(node.input(0)), 0), elements(sizes(node.input(1)), 1));
            case "MultiHeadAttention" -> attention(node);
            default -> 0;
        };
    }

    private long product(Node node) {
        long[] a = sizes(node.input(0));
        boolean isTransposed = node.longAttribute("transA", 0) == 1 && a.length >= LEADING;
        long inner = a[a.length - (isTransposed ? LEADING : 1)];
        return times(elements(sizes(node.output(0)), 0), inner);
    }

    /** Scores of every query with every key, and the values that they weigh. */
    private long attention(Node node) {
        long[] query = sizes(node.input(0));
        long[] key = node.input(1).isEmpty() ? query : sizes(node.input(1));
        return times(2, times(elements(query, 0), key[1]));
    }

    private long[] sizes(String value) {
        return Lifetime.sized(value, types).shape().sizes();
    }

    private static long elements(long[] sizes, int from) {
        long elements = 1;
        for (int axis = from; axis < sizes.length; axis++) {
            elements = times(elements, sizes[axis]);
        }
        return elements;
    }

    private static long times(long a, long b) {
        return Math.multiplyExact(a, b);
    }
}
