package dev.snug.vision.keras.file;

import dev.snug.onnx.Shape;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One dataset of the weights file, row-major.
 *
 * @param path where it lies in the weights file, such as {@code layers/conv2d_1/vars/0}
 * @param type {@code float32}, {@code int64}, or in words why its bytes cannot be used
 * @param data the mapped little-endian bytes; null when they cannot be used
 */
public record StoredTensor(String path, String type, Shape shape, @Nullable ByteBuffer data) {
    public static final String FLOAT32 = "float32";
    public static final String INT64 = "int64";

    /**
     * A fresh little-endian view of the bytes, position 0.
     *
     * @throws KerasException when they are not float32
     */
    public ByteBuffer floats() {
        if (data == null || !type.equals(FLOAT32)) {
            throw new KerasException(
                    "weight %s is %s; float32 is needed: load the model in Keras, save it again as .keras"
                            .formatted(path, type));
        }
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
