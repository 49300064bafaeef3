package dev.snug.vision.keras.file;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * An unnamed file to which computed float32 tensors are appended and from which they are mapped:
 * they take page cache, not heap. Small ones stay on the heap, where they are cheaper than a page.
 */
public final class TensorFile implements AutoCloseable {
    /** One page: below, a mapping would take more than the values. */
    private static final int HEAP_BYTES = 4096;

    private static final int CHUNK_BYTES = 64 << 10;

    private final FileChannel channel;
    private final Arena arena;
    private final ByteBuffer chunk =
            ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    TensorFile(FileChannel channel, Arena arena) {
        this.channel = channel;
        this.arena = arena;
    }

    /** The elements of a tensor in row-major order. */
    @FunctionalInterface
    public interface Elements {
        /** The next element; called once for each. */
        float next();
    }

    /**
     * A tensor of {@code shape} with the given elements, which are computed now.
     *
     * @throws KerasException when the disk is full
     */
    public Tensor tensor(Shape shape, Elements elements) {
        long count = shape.elements();
        long bytes = ElementType.FLOAT.bytes(count);
        try {
            return new Tensor(
                    ElementType.FLOAT,
                    shape,
                    bytes < HEAP_BYTES ? onHeap((int) bytes, elements) : mapped(bytes, elements));
        } catch (IOException e) {
            throw new KerasException("the work folder cannot take the weights: " + e, e);
        }
    }

    private static ByteBuffer onHeap(int bytes, Elements elements) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            buffer.putFloat(elements.next());
        }
        return buffer.flip();
    }

    private ByteBuffer mapped(long bytes, Elements elements) throws IOException {
        long offset = channel.size();
        for (long left = bytes; left > 0; left -= chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, left));
            while (chunk.hasRemaining()) {
                chunk.putFloat(elements.next());
            }
            chunk.flip();
            for (long at = offset + bytes - left; chunk.hasRemaining(); ) {
                at += channel.write(chunk, at);
            }
        }
        return channel.map(MapMode.READ_ONLY, offset, bytes, arena).asByteBuffer();
    }

    /** Closes the file; the tensors stay mapped until the archive is closed. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
