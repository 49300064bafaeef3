package dev.snug.onnx.quantize;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.quantize.MatrixWeights.Target;

import java.util.List;
import java.util.Map;

/**
 * Products in whole numbers: the value is rounded to 8 bits with one scale and zero point, found in
 * each run; the matrix to whole numbers of at most {@link #LARGEST} with a scale for each column.
 *
 * <p>Seven bits of eight, because AVX2 without VNNI adds two products of 8 bits in 16, which full
 * ones overflow ({@code vpmaddubsw}); ONNX Runtime calls it a reduced range. Source of the scheme:
 * Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", 2018 (arXiv 1712.05877); operators: DynamicQuantizeLinear of ONNX and com.microsoft's
 * MatMulIntegerToFloat.
 */
final class DynamicProducts implements MatrixWeights.Kind {
    private static final int LARGEST = 63;

    @Override
    public boolean fits(Factor factor) {
        return true;
    }

    @Override
    public void replace(Product product, Target target) {
        Factor factor = product.factor();
        float[] scales = scales(factor);
        String matrix =
                target.constant(
                        product.weight() + ".whole",
                        target.file()
                                .tensor(
                                        ElementType.INT8,
                                        Shape.of(factor.rows(), factor.columns()),
                                        rounded(factor, scales)));
        String scale =
                target.constant(product.weight() + ".scales", Tensor.floats(scales, scales.length));
        List<String> left =
                target.rounded().computeIfAbsent(product.left(), each -> round(each, target));
        target.nodes()
                .add(
                        new Node(
                                product.output(),
                                MatrixWeights.MICROSOFT,
                                "MatMulIntegerToFloat",
                                List.of(
                                        left.get(0),
                                        matrix,
                                        left.get(1),
                                        scale,
                                        left.get(2),
                                        "",
                                        product.bias()),
                                List.of(product.output()),
                                Map.of()));
    }

    /** Rounds a value where it is first multiplied; query, key and value share it. */
    private static List<String> round(String value, Target target) {
        List<String> parts =
                List.of(
                        target.names().fresh(value + ".whole"),
                        target.names().fresh(value + ".scale"),
                        target.names().fresh(value + ".zero"));
        target.nodes()
                .add(
                        new Node(
                                parts.getFirst(),
                                "",
                                "DynamicQuantizeLinear",
                                List.of(value),
                                parts,
                                Map.of()));
        return parts;
    }

    /** The largest value of each column, over {@link #LARGEST}; 1 for a column of zeros. */
    private static float[] scales(Factor factor) {
        float[] scales = new float[factor.columns()];
        for (int row = 0; row < factor.rows(); row++) {
            for (int column = 0; column < scales.length; column++) {
                scales[column] = Math.max(scales[column], Math.abs(factor.at(row, column)));
            }
        }
        for (int column = 0; column < scales.length; column++) {
            scales[column] = scales[column] == 0 ? 1 : scales[column] / LARGEST;
        }
        return scales;
    }

    private static TensorFile.Filling rounded(Factor factor, float[] scales) {
        int[] next = new int[1];
        return piece -> {
            while (piece.hasRemaining()) {
                int row = next[0] / scales.length;
                int column = next[0]++ % scales.length;
                int whole = Math.round(factor.at(row, column) / scales[column]);
                piece.put((byte) Math.clamp(whole, -LARGEST, LARGEST));
            }
        };
    }
}
