package dev.snug.onnx.lifetime;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What loading a graph with prepacked weights copies out of the weights file: the constant right
 * factors of matrix products, float32.
 *
 * <p>Source: MatMul::PrePack and Gemm::PrePack in core/providers/cpu/math, MlasGemmPackBSize in
 * core/mlas/lib/sgemm.cpp: columns in groups of 16. Convolutions in float32 pack nothing.
 *
 * @param weightBytes of all constants of the graph
 * @param sourceBytes of those that are copied; their pages are given back after it
 * @param packedBytes of the copies
 * @param largestBytes of one that is copied: its pages are there while it is
 */
public record Packing(long weightBytes, long sourceBytes, long packedBytes, long largestBytes) {
    private static final Set<String> PRODUCTS =
            Set.of("FusedGemm", "FusedMatMul", "Gemm", "MatMul");
    private static final long COLUMNS = 16;

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
            if (!PRODUCTS.contains(node.operator()) || factor == null || !isPacked(factor)) {
                continue;
            }
            boolean isTurned = node.longAttribute("transB", 0) != 0;
            long columns = factor.shape().size(isTurned ? 0 : 1);
            long rows = factor.shape().size(isTurned ? 1 : 0);
            // Each node packs for itself, even where two share the factor.
            packed += Math.ceilDiv(columns, COLUMNS) * COLUMNS * rows * Float.BYTES;
            if (copied.add(node.input(1))) {
                source += factor.byteSize();
                largest = Math.max(largest, factor.byteSize());
            }
        }
        return new Packing(weights, source, packed, largest);
    }

    private static boolean isPacked(Tensor factor) {
        return factor.elementType() == ElementType.FLOAT && factor.shape().rank() == 2;
    }
}
