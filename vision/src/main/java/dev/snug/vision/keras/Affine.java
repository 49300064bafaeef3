package dev.snug.vision.keras;

import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.vision.keras.file.StoredTensor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A batch norm at inference: y = scale·x + shift for each channel, in float64. */
final class Affine {
    private final String path;
    private final double[] scale;
    private final double[] shift;

    /**
     * @param path of the layer it comes from
     * @param scale one for each channel, as {@code shift}; both are kept, not copied
     */
    Affine(String path, double[] scale, double[] shift) {
        this.path = path;
        this.scale = scale;
        this.shift = shift;
    }

    String path() {
        return path;
    }

    double[] scale() {
        return scale;
    }

    double[] shift() {
        return shift;
    }

    /** The bias of a convolution followed by {@code affine}; either may be absent. */
    static Elements biasElements(@Nullable StoredTensor bias, @Nullable Affine affine) {
        ByteBuffer own = bias == null ? null : bias.floats();
        int[] channel = {0};
        return () -> {
            int at = channel[0]++;
            double value = own == null ? 0 : own.getFloat(at * Float.BYTES);
            return (float) (affine == null ? value : value * affine.scale[at] + affine.shift[at]);
        };
    }
}
