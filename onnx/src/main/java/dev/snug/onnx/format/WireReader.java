package dev.snug.onnx.format;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.Schema.WireType;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * A cursor over the fields of one protobuf message, in the order in which they stand in the file.
 *
 * <p>Call {@link #next}, look at {@link #field}, then take the value with exactly one of the other
 * methods. Nested messages and byte fields are views of the same buffer: nothing but text is
 * copied. Every failure is an {@link OnnxException} that names the file, the path of messages down
 * to this one, and the byte.
 *
 * <p>Source: protobuf.dev, "Encoding".
 */
final class WireReader {
    /** Bytes that a 64-bit varint takes at most: 7 bits each. */
    private static final int VARINT_BYTES_MAX = 10;

    /** Highest field number that protobuf allows. */
    private static final long FIELD_MAX = (1L << 29) - 1;

    private final ByteBuffer file;
    private final @Nullable WireReader parent;
    private final ReadLimits limits;
    private final int start;
    private final int end;
    private String label;
    private int position;
    private int field;
    private int wireType;

    private WireReader(
            ByteBuffer file,
            @Nullable WireReader parent,
            ReadLimits limits,
            String label,
            int start,
            int end) {
        this.file = file;
        this.parent = parent;
        this.limits = limits;
        this.label = label;
        this.start = start;
        this.position = start;
        this.end = end;
    }

    /** A cursor over a whole file; {@code label} is what errors call it. */
    static WireReader of(ByteBuffer file, String label) {
        ByteBuffer view = file.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return new WireReader(view, null, new ReadLimits(), label, 0, view.limit());
    }

    /** What is still allowed to be read from this file. */
    ReadLimits limits() {
        return limits;
    }

    /** Says in later errors what this message is, once its name is known. */
    void label(String newLabel) {
        label = newLabel;
    }

    /** A second cursor over the same message, at its beginning. */
    WireReader again() {
        return new WireReader(file, parent, limits, label, start, end);
    }

    /** The bytes of the whole message. */
    int length() {
        return end - start;
    }

    /** Moves to the next field; false at the end of the message. */
    boolean next() {
        if (position == end) {
            return false;
        }
        long tag = varint();
        long number = tag >>> 3;
        if (number == 0 || number > FIELD_MAX) {
            throw error("field number " + number + " is not possible: this is not an ONNX file");
        }
        field = (int) number;
        wireType = (int) (tag & 7);
        return true;
    }

    int field() {
        return field;
    }

    /** The value of an integer field. */
    long number() {
        expect(WireType.VARINT);
        return varint();
    }

    /** The value of a float field. */
    float number32() {
        expect(WireType.FIXED32);
        return file.getFloat(advance(Float.BYTES));
    }

    /** Gives each value of a repeated integer field, packed or single. */
    void numbers(LongConsumer each) {
        if (wireType != WireType.LENGTH) {
            each.accept(number());
            return;
        }
        WireReader packed = message("packed numbers");
        while (packed.position < packed.end) {
            each.accept(packed.varint());
        }
    }

    /** Gives each value of a repeated float field, packed or single. */
    void floats(DoubleConsumer each) {
        if (wireType != WireType.LENGTH) {
            each.accept(number32());
            return;
        }
        WireReader packed = message("packed floats");
        while (packed.position < packed.end) {
            each.accept(packed.file.getFloat(packed.advance(Float.BYTES)));
        }
    }

    /** Whether the field is a run of bytes: text, bytes, a message or packed numbers. */
    boolean isRun() {
        return wireType == WireType.LENGTH;
    }

    /** A view of the bytes of a run or of one fixed-width number. */
    ByteBuffer bytes() {
        int length =
                switch (wireType) {
                    case WireType.FIXED32 -> Float.BYTES;
                    case WireType.FIXED64 -> Double.BYTES;
                    default -> runLength();
                };
        return file.slice(advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The value of a text field. */
    String text() {
        int length = runLength();
        limits.text(length, this);
        ByteBuffer utf8 = file.slice(advance(length), length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw error("text of field " + field + " is not UTF-8", e);
        }
    }

    /** A cursor over the message in this field, called {@code messageLabel} in errors. */
    WireReader message(String messageLabel) {
        int length = runLength();
        int start = advance(length);
        return new WireReader(file, this, limits, messageLabel, start, start + length);
    }

    /** Passes over the value of a field that Snug does not need. */
    void skip() {
        switch (wireType) {
            case WireType.VARINT -> varint();
            case WireType.FIXED64 -> advance(Long.BYTES);
            case WireType.LENGTH -> advance(runLength());
            case WireType.FIXED32 -> advance(Integer.BYTES);
            default ->
                    throw error(
                            "field %d has wire type %d, which ONNX does not use"
                                    .formatted(field, wireType));
        }
    }

    /** An error at the current byte of this message. */
    OnnxException error(String message) {
        return new OnnxException(place(message));
    }

    /** An error at the current byte of this message, with what led to it. */
    OnnxException error(String message, Throwable cause) {
        return new OnnxException(place(message), cause);
    }

    /** Names come from the file: what could move a terminal's cursor is not shown. */
    private String place(String message) {
        StringBuilder path = new StringBuilder(label);
        for (WireReader outer = parent; outer != null; outer = outer.parent) {
            path.insert(0, outer.label + ": ");
        }
        String line = path + ": " + message + " (byte " + position + ")";
        return line.replaceAll("\\p{Cntrl}", "?");
    }

    private void expect(int wanted) {
        if (wireType != wanted) {
            throw error("field %d has wire type %d, not %d".formatted(field, wireType, wanted));
        }
    }

    private int runLength() {
        expect(WireType.LENGTH);
        long length = varint();
        if (length < 0 || length > end - position) {
            throw error(
                    "field %d says it has %s bytes, %d are left"
                            .formatted(field, Long.toUnsignedString(length), end - position));
        }
        return (int) length;
    }

    /** Moves over {@code count} bytes and returns where they begin. */
    private int advance(int count) {
        if (count > end - position) {
            throw error("%d bytes are needed, %d are left".formatted(count, end - position));
        }
        int start = position;
        position += count;
        return start;
    }

    private long varint() {
        long value = 0;
        for (int index = 0; index < VARINT_BYTES_MAX; index++) {
            byte next = file.get(advance(1));
            value |= (long) (next & 0x7f) << (7 * index);
            if (next >= 0) {
                return value;
            }
        }
        throw error("a number does not end within " + VARINT_BYTES_MAX + " bytes");
    }
}
