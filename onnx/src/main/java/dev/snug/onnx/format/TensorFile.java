package dev.snug.onnx.format;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file to which computed tensors are appended and from which they are mapped: they take
 * page cache, not heap. Small ones stay on the heap, where they are cheaper than a page.
 */
public final class TensorFile implements AutoCloseable {
    /** One page: below, a mapping would take more than the values. */
    private static final int HEAP_BYTES = 4096;

    private static final int CHUNK_BYTES = 64 << 10;

    private final FileChannel channel;
    private final Arena arena;
    private final ByteBuffer chunk =
            ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private TensorFile(FileChannel channel, Arena arena) {
        this.channel = channel;
        this.arena = arena;
    }

    /** The bytes of a tensor in row-major order, of whatever element type. */
    @FunctionalInterface
    public interface Filling {
        /**
         * Fills {@code piece}, little-endian, from its position to its limit with the next bytes.
         * Every piece but the last has 64 KiB, so that elements of whole bytes are never cut.
         */
        void fill(ByteBuffer piece);
    }

    /** The elements of a float32 tensor in row-major order. */
    @FunctionalInterface
    public interface Elements {
        /** The next element; called once for each. */
        float next();
    }

    /**
     * A new file in {@code folder} that disappears when it is closed.
     *
     * @param arena for as long as it lives the tensors stay mapped
     * @throws IOException when the folder takes no file
     */
    public static TensorFile create(Path folder, Arena arena) throws IOException {
        Path path = Files.createTempFile(folder, "tensors-", ".tmp");
        return new TensorFile(
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                arena);
    }

    /**
     * A float32 tensor of {@code shape} with the given elements, which are computed now.
     *
     * @throws OnnxException when the disk is full
     */
    public Tensor tensor(Shape shape, Elements elements) {
        return tensor(
                ElementType.FLOAT,
                shape,
                piece -> {
                    while (piece.hasRemaining()) {
                        piece.putFloat(elements.next());
                    }
                });
    }

    /**
     * A tensor of {@code type} and {@code shape} whose bytes are computed now.
     *
     * @throws OnnxException when the disk is full
     */
    public Tensor tensor(ElementType type, Shape shape, Filling filling) {
        long bytes = type.bytes(shape.elements());
        try {
            return new Tensor(
                    type,
                    shape,
                    bytes < HEAP_BYTES ? onHeap((int) bytes, filling) : mapped(bytes, filling));
        } catch (IOException e) {
            throw new OnnxException("the temporary file cannot take the weights: " + e, e);
        }
    }

    private static ByteBuffer onHeap(int bytes, Filling filling) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        filling.fill(buffer);
        return buffer.flip();
    }

    private ByteBuffer mapped(long bytes, Filling filling) throws IOException {
        long offset = channel.size();
        long written = 0;
        while (written < bytes) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, bytes - written));
            filling.fill(chunk);
            chunk.flip();
            while (chunk.hasRemaining()) {
                written += channel.write(chunk, offset + written);
            }
        }
        return channel.map(MapMode.READ_ONLY, offset, bytes, arena).asByteBuffer();
    }

    /** Closes the file; the tensors stay mapped as long as the arena lives. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
