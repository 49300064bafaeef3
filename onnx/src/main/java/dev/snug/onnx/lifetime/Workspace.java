package dev.snug.onnx.lifetime;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.TensorType;

import java.util.List;
import java.util.Map;

/**
 * The memory that an operator takes for itself while it runs, beside inputs and outputs.
 *
 * <p>Sources in ONNX Runtime: MlasConvPrepare in core/mlas/lib/convolve.cpp, ConvTranspose in
 * core/providers/cpu/nn/conv_transpose.cc, MultiHeadAttention in
 * contrib_ops/cpu/bert/multihead_attention.cc, MatMulNBits in
 * contrib_ops/cpu/quantization/matmul_nbits.cc. Other matrix products take nothing: they pack on
 * the stack of each thread.
 */
final class Workspace {
    private static final int FLOAT = Float.BYTES;

    /** Elements of a thread's piece of an unrolled convolution: 128 × 128. */
    private static final long CONVOLUTION_ELEMENTS = 128 * 128;

    /** Batch and channels, before the space. */
    private static final int LEADING = 2;

    private static final int MASK = 4;
    private static final int BIAS_OF_SCORES = 5;

    private final Map<String, TensorType> types;
    private final Execution execution;

    Workspace(Map<String, TensorType> types, Execution execution) {
        this.types = types;
        this.execution = execution;
    }

    /** The pieces in bytes that {@code node} takes, all at once while it runs. */
    List<Long> of(Node node) {
        return switch (node.operator()) {
            case "Conv", "FusedConv" ->
                    node.domain().endsWith("nchwc") ? List.of() : List.of(convolution(node));
            case "ConvTranspose" -> List.of(transposed(node));
            case "MultiHeadAttention" -> attention(node);
            case "MatMulNBits" -> List.of(unpacked(node));
            default -> List.of();
        };
    }

    /** The whole matrix as float32, where it is not prepacked; then it takes less. */
    private static long unpacked(Node node) {
        long elements = Math.multiplyExact(node.longAttribute("K", 0), node.longAttribute("N", 0));
        return Math.multiplyExact(elements, FLOAT);
    }

    /** The patches that the kernels see, laid out as the columns of a matrix. */
    private long convolution(Node node) {
        long[] y = sizes(node.output(0));
        long[] w = sizes(node.input(1));
        long group = node.longAttribute("group", 1);
        long filters = w[0] / Math.max(1, group);
        long positions = product(y, LEADING);
        long kernel = product(w, LEADING);
        long inner = Math.multiplyExact(w[1], kernel);
        if (kernel == 1 && isUnpadded(node)) {
            return 0;
        }
        long columns = Math.multiplyExact(positions, inner);
        if (filters > positions) {
            return Math.multiplyExact(columns, FLOAT);
        }
        long units = Math.multiplyExact(y[0], group);
        if (units == 1) {
            return execution.threads() * CONVOLUTION_ELEMENTS * FLOAT;
        }
        long each =
                Math.max(
                        Math.max(columns, Math.multiplyExact(filters, positions)),
                        CONVOLUTION_ELEMENTS);
        return Math.multiplyExact(Math.min(execution.threads(), units) * FLOAT, each);
    }

    private static boolean isUnpadded(Node node) {
        for (long pad : node.longsAttribute("pads")) {
            if (pad != 0) {
                return false;
            }
        }
        for (long stride : node.longsAttribute("strides")) {
            if (stride != 1) {
                return false;
            }
        }
        return true;
    }

    /** A column of kernels for each element of the input, before they are added up. */
    private long transposed(Node node) {
        long[] x = sizes(node.input(0));
        long[] w = sizes(node.input(1));
        long kernels = product(w, 1);
        return Math.multiplyExact(Math.multiplyExact(kernels, product(x, LEADING)), FLOAT);
    }

    /**
     * Query, key and value with the heads outside, and for each thread one block of scores; or all
     * scores, where a mask keeps the engine from going block by block.
     */
    private List<Long> attention(Node node) {
        long[] query = sizes(node.input(0));
        long[] key = node.input(1).isEmpty() ? query : sizes(node.input(1));
        if (query.length != 3 || key.length != 3) {
            return List.of();
        }
        long[] value = node.input(2).isEmpty() ? key : sizes(node.input(2));
        long heads = Math.max(1, node.longAttribute("num_heads", 1));
        long queries = query[1];
        long keys = key[1];
        long ofQuery = Math.multiplyExact(product(query, 0), FLOAT);
        long ofKey = Math.multiplyExact(product(key, 0), FLOAT);
        long ofValue = Math.multiplyExact(product(value, 0), FLOAT);
        boolean isMasked = !node.input(MASK).isEmpty() || !node.input(BIAS_OF_SCORES).isEmpty();
        if (isMasked) {
            long rows = Math.multiplyExact(Math.multiplyExact(query[0], heads), queries);
            long scores = Math.multiplyExact(Math.multiplyExact(rows, keys), FLOAT);
            return List.of(ofQuery, ofKey, ofValue, scores, ofQuery);
        }
        long perHead = query[2] / heads + value[value.length - 1] / heads;
        long keyBlock = Math.max(1, execution.cacheBytes() / (FLOAT * 4 * Math.max(1, perHead)));
        long queryBlock = Math.min(queries, Math.min(keyBlock, perHead));
        long valueSize = value[value.length - 1] / heads;
        long block = queryBlock * (2 + Math.min(keyBlock, keys) + valueSize) * FLOAT;
        return List.of(ofQuery, ofKey, ofValue, block * execution.threads());
    }

    private long[] sizes(String value) {
        return Lifetime.sized(value, types).shape().sizes();
    }

    /** Bytes of one value. */
    static long bytes(TensorType type) {
        // Strings are objects of their own; no graph that Snug runs holds any.
        long elements = type.shape().elements();
        return type.elementType() == ElementType.STRING
                ? Math.multiplyExact(elements, Long.BYTES)
                : type.elementType().bytes(elements);
    }

    private static long product(long[] sizes, int from) {
        long product = 1;
        for (int axis = from; axis < sizes.length; axis++) {
            product = Math.multiplyExact(product, sizes[axis]);
        }
        return product;
    }
}
