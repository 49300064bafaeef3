package dev.snug.onnx.format;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.Schema.WireType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A protobuf message under construction in a growing heap buffer.
 *
 * <p>A nested message is written in place between {@link #begin} and {@link #end}, which then makes
 * room for its length in front of it.
 *
 * <p>Source: protobuf.dev, "Encoding".
 */
final class WireWriter {
    /**
     * Bytes that one model may take in the heap: far above any structure without weights, far below
     * protobuf's 2 GiB.
     */
    static final int BYTES_MAX = 512 << 20;

    private static final int BYTES_INITIAL = 8 << 10;

    /** Bytes that a 64-bit varint takes at most. */
    private static final int VARINT_BYTES_MAX = 10;

    private static final int BLOCK_BYTES = 64 << 10;

    /** Bytes that are not in the heap; they come before the byte at {@code position}. */
    private record Gap(int position, ByteBuffer content) {}

    private final List<Gap> gaps = new ArrayList<>();
    private byte[] bytes = new byte[BYTES_INITIAL];
    private int size;

    void number(int field, long value) {
        tag(field, WireType.VARINT);
        varint(value);
    }

    void number32(int field, float value) {
        tag(field, WireType.FIXED32);
        ensure(Float.BYTES);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(size, value);
        size += Float.BYTES;
    }

    void text(int field, String value) {
        bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a text field unless it is empty, which readers take an absent field for. */
    void textIfAny(int field, String value) {
        if (!value.isEmpty()) {
            text(field, value);
        }
    }

    void bytes(int field, ByteBuffer value) {
        int length = value.remaining();
        tag(field, WireType.LENGTH);
        varint(length);
        ensure(length);
        value.duplicate().get(bytes, size, length);
        size += length;
    }

    /** Writes a bytes field whose content is read when the message is, and takes no heap. */
    void bytesLater(int field, ByteBuffer value) {
        tag(field, WireType.LENGTH);
        varint(value.remaining());
        gaps.add(new Gap(size, value.duplicate()));
    }

    void packedNumbers(int field, List<Long> values) {
        int mark = begin(field);
        values.forEach(this::varint);
        end(mark);
    }

    void packedFloats(int field, List<Float> values) {
        ByteBuffer packed =
                ByteBuffer.allocate(Math.multiplyExact(values.size(), Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(packed::putFloat);
        bytes(field, packed.flip());
    }

    /** Opens a nested message; give the result to {@link #end}. */
    int begin(int field) {
        tag(field, WireType.LENGTH);
        return size;
    }

    /** Closes the message opened at {@code mark}. */
    void end(int mark) {
        long length = (long) size - mark;
        int inside = gaps.size();
        while (inside > 0 && gaps.get(inside - 1).position() >= mark) {
            inside--;
            length += gaps.get(inside).content().remaining();
        }
        int lengthBytes = varintBytes(length);
        int moved = size - mark;
        ensure(lengthBytes);
        System.arraycopy(bytes, mark, bytes, mark + lengthBytes, moved);
        for (int i = inside; i < gaps.size(); i++) {
            Gap gap = gaps.get(i);
            gaps.set(i, new Gap(gap.position() + lengthBytes, gap.content()));
        }
        size = mark;
        varint(length);
        size += moved;
    }

    /** Bytes of the message, with those that are not in the heap. */
    long length() {
        return size + gaps.stream().mapToLong(gap -> gap.content().remaining()).sum();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void writeTo(WritableByteChannel channel) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, size);
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }

    /** Writes the message through one small block. */
    void writeTo(OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        int written = 0;
        for (Gap gap : gaps) {
            out.write(bytes, written, gap.position() - written);
            written = gap.position();
            ByteBuffer content = gap.content().duplicate();
            while (content.hasRemaining()) {
                int count = Math.min(block.length, content.remaining());
                content.get(block, 0, count);
                out.write(block, 0, count);
            }
        }
        out.write(bytes, written, size - written);
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        ensure(VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private static int varintBytes(long value) {
        return Math.max(1, Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(value), 7));
    }

    private void ensure(int more) {
        long needed = (long) size + more;
        if (needed <= bytes.length) {
            return;
        }
        if (needed > BYTES_MAX) {
            throw new OnnxException(
                    "the model takes more than %d bytes without its external data; keep weights in"
                                    .formatted(BYTES_MAX)
                            + " initializers and write them to a weights file");
        }
        bytes =
                Arrays.copyOf(
                        bytes, (int) Math.min(BYTES_MAX, Math.max(needed, 2L * bytes.length)));
    }
}
