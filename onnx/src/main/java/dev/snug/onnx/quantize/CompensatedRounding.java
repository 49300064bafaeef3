package dev.snug.onnx.quantize;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Rounds the weights of a layer so that its outputs move least, not its weights: each weight is
 * rounded after what the roundings before it did to the sums that it goes into together with them.
 *
 * <p>With e = w − q the errors of one output channel and H = Σ x·xᵀ over the inputs x that were
 * seen, the squared error of its outputs is eᵀHe = ‖Re‖² where H = RᵀR. R is upper triangular, so
 * from the last input to the first each row of Re has one error that is still free, and q is the
 * whole number that brings the row nearest to 0. The inputs with the largest squares come first.
 *
 * <p>Sources: Frantar and others, GPTQ, arXiv:2210.17323, of which this is the same rounding
 * without the inverse of H; Babai, Combinatorica 6 (1986), nearest plane. The share added to the
 * diagonal is GPTQ's.
 */
public final class CompensatedRounding {
    /** Of the mean of H's diagonal, added to it: inputs that were never seen have a place then. */
    private static final double DAMPING = 0.01;

    private CompensatedRounding() {}

    /**
     * The int8 values of {@code weight}, as {@link ConvolutionWeights#int8} takes them.
     *
     * @param products of its inputs, as {@link InputProducts} measures them
     * @param file where they go
     * @throws OnnxException when a weight is not finite
     */
    public static Tensor values(Model model, Weight weight, float[] products, TensorFile file) {
        Tensor tensor = Objects.requireNonNull(model.graph().initializers().get(weight.name()));
        ChannelGrid grid = ChannelGrid.along(weight.axis(), tensor.shape());
        float[] scales = grid.scales(weight.name(), tensor);
        ByteBuffer wholes = ByteBuffer.wrap(wholes(grid, tensor.toFloats(), scales, products));
        return file.tensor(
                ElementType.INT8,
                tensor.shape(),
                piece -> {
                    while (piece.hasRemaining()) {
                        piece.put(wholes.get());
                    }
                });
    }

    /**
     * The weights as whole numbers of {@code scales}, −127 to 127, in the order of {@code weights}.
     * The largest of each channel stays the largest, ±127, so that its scale can be told from it.
     *
     * @param grid where the channels lie; as many inputs as {@code products} has rows
     * @param scales of the channels, above 0
     * @param products H, [inputs, inputs] row-major, symmetric and finite
     */
    static byte[] wholes(ChannelGrid grid, float[] weights, float[] scales, float[] products) {
        int inputs = grid.inner();
        int[] order = bySquares(products, inputs);
        double[] factor = factor(products, order);
        byte[] wholes = new byte[weights.length];
        float[][] errors = new float[inputs][];
        float[] row = new float[scales.length];
        for (int at = inputs - 1; at >= 0; at--) {
            Arrays.fill(row, 0);
            for (int done = at + 1; done < inputs; done++) {
                addTo(row, (float) factor[done * inputs + at], errors[done]);
            }
            float[] error = new float[scales.length];
            double pivot = factor[at * inputs + at];
            for (int channel = 0; channel < scales.length; channel++) {
                int place = grid.place(channel, order[at]);
                float weight = weights[place];
                float scale = scales[channel];
                boolean isLargest =
                        Math.abs(ChannelGrid.whole(weight, scale)) == ChannelGrid.VALUE_MAX;
                double moved = isLargest ? 0 : row[channel] / pivot;
                wholes[place] = (byte) ChannelGrid.whole((float) (weight + moved), scale);
                error[channel] = weight - wholes[place] * scale;
            }
            errors[at] = error;
        }
        return wholes;
    }

    private static void addTo(float[] sums, float factor, float[] values) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * values[i];
        }
    }

    /** The inputs, those with the largest squares last. */
    private static int[] bySquares(float[] products, int inputs) {
        return IntStream.range(0, inputs)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> products[i * inputs + i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Rᵀ of the damped products in that order: Cholesky's factor, lower triangular, row-major. */
    private static double[] factor(float[] products, int[] order) {
        int inputs = order.length;
        double damping = Double.MIN_NORMAL;
        for (int i = 0; i < inputs; i++) {
            damping += DAMPING * products[i * inputs + i] / inputs;
        }
        double[] factor = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = products[order[i] * inputs + order[j]];
                for (int k = 0; k < j; k++) {
                    rest -= factor[i * inputs + k] * factor[j * inputs + k];
                }
                // Below the damping only because float32 sums are not exact.
                factor[i * inputs + j] =
                        i == j
                                ? Math.sqrt(Math.max(rest + damping, damping))
                                : rest / factor[j * inputs + j];
            }
        }
        return factor;
    }
}
