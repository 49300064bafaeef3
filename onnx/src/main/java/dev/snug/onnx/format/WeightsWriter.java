package dev.snug.onnx.format;

import dev.snug.onnx.Tensor;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A {@code *.weights} file under construction: the bytes of tensors one behind the other, each
 * content stored once.
 *
 * <p>One file serves several graphs: give the same writer to each call of {@link
 * ModelWriter#write}. The file grows at the path it is given; who needs it to appear whole writes
 * into a folder that is moved into place afterwards.
 */
public final class WeightsWriter implements Closeable {
    /**
     * A run of bytes in the weights file.
     *
     * @param offset first byte, counted from the beginning of the file
     * @param length bytes, 0 and above
     */
    public record Slice(long offset, long length) {}

    /**
     * Where tensors of this many bytes and more begin: whole pages on every machine of the field.
     */
    private static final long PAGE_BYTES = 64 << 10;

    /** Where smaller tensors begin: a cache line, which is also the widest vector register. */
    private static final long LINE_BYTES = 64;

    /**
     * Bytes handed to the channel at once: the JDK copies heap buffers into a native one of the
     * same size that stays with the thread.
     */
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long pageBytes;
    private final Map<String, Slice> slices = new HashMap<>();
    private long size;

    private WeightsWriter(Path file, FileChannel channel, long pageBytes) {
        this.file = file;
        this.channel = channel;
        this.pageBytes = pageBytes;
    }

    /**
     * A writer of the new file {@code file}.
     *
     * @throws IOException when the file exists or cannot be made
     */
    public static WeightsWriter create(Path file) throws IOException {
        return new WeightsWriter(file, channel(file), PAGE_BYTES);
    }

    /**
     * A writer of the new file {@code file} that begins no tensor with a page: for models of a few
     * megabytes, where the gaps would be a fifth of the file and pages are shared anyway.
     *
     * @throws IOException when the file exists or cannot be made
     */
    public static WeightsWriter packed(Path file) throws IOException {
        return new WeightsWriter(file, channel(file), LINE_BYTES);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The file being written. */
    public Path file() {
        return file;
    }

    /** The size of the file so far, alignment included. */
    public long bytes() {
        return size;
    }

    /**
     * Stores the bytes of {@code tensor}, or finds them where the same bytes already are.
     *
     * @throws IOException when the file cannot be written
     */
    public Slice append(Tensor tensor) throws IOException {
        ByteBuffer bytes = tensor.bytes();
        String content = sha256(bytes.duplicate());
        Slice known = slices.get(content);
        if (known != null) {
            return known;
        }
        int length = bytes.remaining();
        long alignment = length >= PAGE_BYTES ? pageBytes : LINE_BYTES;
        Slice slice = new Slice(Math.ceilDiv(size, alignment) * alignment, length);
        write(bytes, slice.offset());
        size = Math.max(size, slice.offset() + length);
        slices.put(content, slice);
        return slice;
    }

    private void write(ByteBuffer bytes, long offset) throws IOException {
        long position = offset;
        while (bytes.hasRemaining()) {
            int chunk = Math.min(CHUNK_BYTES, bytes.remaining());
            int written = channel.write(bytes.slice(bytes.position(), chunk), position);
            bytes.position(bytes.position() + written);
            position += written;
        }
    }

    private static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Makes sure that the bytes are on the disk and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(true);
            }
        }
    }
}
