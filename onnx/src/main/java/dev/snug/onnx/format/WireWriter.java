package dev.snug.onnx.format;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.Schema.WireType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
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
        int length = size - mark;
        int lengthBytes = varintBytes(length);
        ensure(lengthBytes);
        System.arraycopy(bytes, mark, bytes, mark + lengthBytes, length);
        size = mark;
        varint(length);
        size += length;
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

    private static int varintBytes(int value) {
        return Math.max(1, Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(value), 7));
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
