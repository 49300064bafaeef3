package dev.snug.speech.vietvoice;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Native buffers that sessions read in place, one for each use, kept from chunk to chunk. Made anew
 * each time, they would pile up until the collector happens to look at the old generation.
 */
final class Feed {
    private final Map<String, ByteBuffer> buffers = new HashMap<>();

    /**
     * A float32 tensor of {@code sizes} over the buffer of {@code use}, which holds no values yet.
     */
    Tensor floats(String use, long... sizes) {
        Shape shape = Shape.of(sizes);
        return new Tensor(
                ElementType.FLOAT, shape, buffer(use, ElementType.FLOAT.bytes(shape.elements())));
    }

    /** Fills the buffer of {@code use} from its start. */
    void fill(String use, float[] values) {
        buffer(use, (long) values.length * Float.BYTES).asFloatBuffer().put(values);
    }

    /** Copies of {@code tensors} by the same names, in buffers of {@code use}. */
    Map<String, Tensor> copies(String use, Map<String, Tensor> tensors) {
        Map<String, Tensor> copies = new HashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    ByteBuffer buffer = buffer(use + name, tensor.byteSize());
                    buffer.put(tensor.bytes()).flip();
                    copies.put(name, new Tensor(tensor.elementType(), tensor.shape(), buffer));
                });
        return copies;
    }

    private ByteBuffer buffer(String use, long bytes) {
        int size = Math.toIntExact(bytes);
        ByteBuffer kept = buffers.get(use);
        if (kept == null || kept.capacity() < size) {
            kept = ByteBuffer.allocateDirect(Math.toIntExact(keptBytes(size)));
            buffers.put(use, kept);
        }
        return kept.slice(0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * What a buffer of {@code bytes} takes: a quarter more, so that chunks that grow a little do
     * not each take a new one.
     */
    static long keptBytes(long bytes) {
        return Math.addExact(bytes, bytes / 4);
    }
}
