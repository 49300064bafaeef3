package dev.snug.onnx.lifetime;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What loading a graph with prepacked weights copies out of the weights file: the constant right
 * factors of matrix products, float32, int8 with a scale for each column, or blocks of 4 bits.
 *
 * <p>Source: MatMul::PrePack and Gemm::PrePack in core/providers/cpu/math, MlasGemmPackBSize in
 * core/mlas/lib/sgemm.cpp: columns in groups of 16; in qgemm.cpp, rows in groups of 64 at most and
 * a sum of each column; MatMulNBits::PrePack in contrib_ops/cpu/quantization: as many bytes as
 * before, and nothing for 8 bits. Convolutions in float32 pack nothing.
 *
 * @param weightBytes of all constants of the graph
 * @param sourceBytes of those that are copied; their pages are given back after it
 * @param packedBytes of the copies
 * @param largestBytes of one that is copied: its pages are there while it is
 */
public record Packing(long weightBytes, long sourceBytes, long packedBytes, long largestBytes) {
    private static final Set<String> PRODUCTS =
            Set.of("FusedGemm", "FusedMatMul", "Gemm", "MatMul");
    private static final String WHOLE_PRODUCT = "MatMulIntegerToFloat";
    private static final String BLOCK_PRODUCT = "MatMulNBits";
    private static final long COLUMNS = 16;
    private static final long ROWS_OF_WHOLE = 64;

    /** What {@code model} would have packed. */
    public static Packing of(Model model) {
        Graph graph = model.graph();
        long weights = 0;
        for (Tensor tensor : graph.initializers().values()) {
            weights += tensor.byteSize();
        }
        Set<String> copied = new LinkedHashSet<>();
        long packed = 0;
        long source = 0;
        long largest = 0;
        for (Node node : graph.nodes()) {
            Tensor factor = graph.initializers().get(node.input(1));
            long bytes = factor == null ? 0 : packedBytes(node, factor);
            if (factor == null || bytes == 0) {
                continue;
            }
            // Each node packs for itself, even where two share the factor.
            packed += bytes;
            if (copied.add(node.input(1))) {
                source += factor.byteSize();
                largest = Math.max(largest, factor.byteSize());
            }
        }
        return new Packing(weights, source, packed, largest);
    }

    /** What {@code node} makes of its right factor; 0 where it takes it as it is. */
    private static long packedBytes(Node node, Tensor factor) {
        Shape shape = factor.shape();
        if (node.operator().equals(BLOCK_PRODUCT)) {
            return node.longAttribute("bits", 4) == 4 ? factor.byteSize() : 0;
        }
        if (shape.rank() != 2) {
            return 0;
        }
        boolean isTurned = node.longAttribute("transB", 0) != 0;
        long columns = shape.size(isTurned ? 0 : 1);
        long rows = shape.size(isTurned ? 1 : 0);
        long padded = Math.ceilDiv(columns, COLUMNS) * COLUMNS;
        if (node.operator().equals(WHOLE_PRODUCT)) {
            long deep = Math.ceilDiv(rows, ROWS_OF_WHOLE) * ROWS_OF_WHOLE;
            return padded * (deep + Integer.BYTES);
        }
        boolean isFloat = factor.elementType() == ElementType.FLOAT;
        return isFloat && PRODUCTS.contains(node.operator()) ? padded * rows * Float.BYTES : 0;
    }
}
