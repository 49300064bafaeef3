package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Tensors in direct buffers, which a session reads in place; one on the heap is copied into native
 * memory for each run, and that copy waits for the collector.
 */
public final class Direct {
    private Direct() {}

    /** Zeroed memory for {@code values} floats, little-endian. */
    public static ByteBuffer floats(int values) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A copy of {@code tensor}. */
    public static Tensor copy(Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(tensor.byteSize());
        return new Tensor(tensor.elementType(), tensor.shape(), bytes.put(tensor.bytes()).flip());
    }

    /** A copy of {@code values}, followed by zeros to fill {@code sizes}. */
    public static Tensor padded(float[] values, long... sizes) {
        ByteBuffer bytes = floats(Math.toIntExact(Shape.of(sizes).elements()));
        bytes.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT, Shape.of(sizes), bytes);
    }

    /** The one result of a run that asked for one. */
    public static Tensor only(Map<String, Tensor> results) {
        return results.values().iterator().next();
    }
}
