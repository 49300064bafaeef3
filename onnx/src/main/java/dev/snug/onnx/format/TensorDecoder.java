package dev.snug.onnx.format;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.Schema.Entry;
import dev.snug.onnx.format.Schema.ExternalKey;
import dev.snug.onnx.format.Schema.TensorProto;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One {@code TensorProto} on its way to a {@link Tensor}: the first pass notes sizes, type and
 * where the data is; only when these agree are bytes mapped or unpacked.
 *
 * <p>{@code raw_data}, external data and packed floats stay views of their file. Numbers stored as
 * varints are unpacked into the heap, within {@link ReadLimits#UNPACKED_BYTES}.
 */
final class TensorDecoder {
    /** A tensor with the name it has in its graph. */
    record NamedTensor(String name, Tensor tensor) {}

    private final WireReader in;
    private final ExternalFiles files;
    private final WireReader data;
    private final Map<String, String> external = new HashMap<>();
    private String name = "";
    private long typeCode;
    private long[] dims = new long[ReadLimits.RANK];
    private int rank;
    private boolean isExternal;
    private @Nullable ByteBuffer raw;
    private int dataField;

    private TensorDecoder(WireReader in, ExternalFiles files) {
        this.in = in;
        this.files = files;
        this.data = in.again();
    }

    static NamedTensor decode(WireReader in, ExternalFiles files) {
        TensorDecoder decoder = new TensorDecoder(in, files);
        while (in.next()) {
            decoder.field();
        }
        return new NamedTensor(decoder.name, decoder.tensor());
    }

    private void field() {
        switch (in.field()) {
            case TensorProto.DIMS -> in.numbers(this::dimension);
            case TensorProto.DATA_TYPE -> typeCode = in.number();
            case TensorProto.NAME -> {
                name = in.text();
                in.label("tensor " + name);
            }
            case TensorProto.RAW_DATA -> {
                dataField(TensorProto.RAW_DATA);
                raw = in.bytes();
            }
            case TensorProto.FLOAT_DATA,
                    TensorProto.INT32_DATA,
                    TensorProto.INT64_DATA,
                    TensorProto.DOUBLE_DATA,
                    TensorProto.UINT64_DATA -> {
                dataField(in.field());
                in.skip();
            }
            case TensorProto.EXTERNAL_DATA -> externalEntry(in.message("external data"));
            case TensorProto.DATA_LOCATION -> isExternal = in.number() == TensorProto.EXTERNAL;
            case TensorProto.SEGMENT ->
                    throw in.error("tensors stored in segments are not supported");
            case TensorProto.STRING_DATA -> throw in.error("string tensors are not supported");
            default -> in.skip();
        }
    }

    private void dimension(long size) {
        if (rank == ReadLimits.RANK) {
            throw in.error("the tensor has more than " + ReadLimits.RANK + " dimensions");
        }
        if (size < 0) {
            throw in.error("dimension " + rank + " is negative: " + size);
        }
        dims[rank++] = size;
    }

    private void dataField(int field) {
        if (dataField != 0 && (dataField != field || field == TensorProto.RAW_DATA)) {
            throw in.error("the tensor has its data twice: fields " + dataField + " and " + field);
        }
        dataField = field;
    }

    private void externalEntry(WireReader entry) {
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case Entry.KEY -> key = entry.text();
                case Entry.VALUE -> value = entry.text();
                default -> entry.skip();
            }
        }
        switch (key) {
            case ExternalKey.LOCATION,
                    ExternalKey.OFFSET,
                    ExternalKey.LENGTH,
                    ExternalKey.CHECKSUM -> {
                if (external.put(key, value) != null) {
                    throw entry.error("external data has the key " + key + " twice");
                }
            }
            default -> throw entry.error("external data has the unknown key '" + key + "'");
        }
    }

    private Tensor tensor() {
        ElementType type = elementType();
        Shape shape = Shape.of(Arrays.copyOf(dims, rank));
        long size = byteSize(type, shape);
        ByteBuffer bytes;
        if (isExternal) {
            bytes = externalBytes(size);
        } else if (!external.isEmpty()) {
            throw in.error("external data is described, but data_location is not EXTERNAL");
        } else if (raw != null) {
            bytes = raw;
        } else if (dataField == 0) {
            bytes = ByteBuffer.allocate(0);
        } else {
            bytes = typedBytes(type, size);
        }
        if (bytes.remaining() != size) {
            throw in.error(
                    "tensor %s%s needs %d bytes, %d are given"
                            .formatted(type, shape, size, bytes.remaining()));
        }
        return new Tensor(type, shape, bytes);
    }

    private ElementType elementType() {
        ElementType type = Codes.elementType(typeCode, in);
        if (type == ElementType.STRING) {
            throw in.error("string tensors are not supported");
        }
        return type;
    }

    private long byteSize(ElementType type, Shape shape) {
        long size;
        try {
            size = type.bytes(shape.elements());
        } catch (ArithmeticException e) {
            throw in.error("sizes " + shape + " overflow", e);
        }
        if (size > Integer.MAX_VALUE) {
            throw in.error(
                    "tensor %s%s has %d bytes; the limit of one tensor is %d"
                            .formatted(type, shape, size, Integer.MAX_VALUE));
        }
        return size;
    }

    private ByteBuffer externalBytes(long size) {
        if (dataField != 0) {
            throw in.error("the tensor has its data twice: in the model and outside of it");
        }
        String location = external.get(ExternalKey.LOCATION);
        if (location == null) {
            throw in.error("external data has no location");
        }
        long offset = externalNumber(ExternalKey.OFFSET, 0);
        long length = externalNumber(ExternalKey.LENGTH, size);
        if (length != size) {
            throw in.error(
                    "external data says %d bytes, the tensor's sizes need %d"
                            .formatted(length, size));
        }
        return files.slice(location, offset, (int) size, in);
    }

    private long externalNumber(String key, long absent) {
        String text = external.get(key);
        if (text == null) {
            return absent;
        }
        // Nineteen digits may still overflow; parseLong then refuses them.
        if (text.matches("[0-9]{1,19}")) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw in.error(key + " overflows: " + text, e);
            }
        }
        throw in.error("external data has the " + key + " '" + text + "', which is not a number");
    }

    private ByteBuffer typedBytes(ElementType type, long size) {
        int wanted = Codes.dataField(type);
        if (wanted != dataField) {
            throw in.error(
                    "data of %s must be in field %d, not %d".formatted(type, wanted, dataField));
        }
        ByteBuffer whole = singleRun();
        if (whole != null) {
            return whole;
        }
        // Each value takes at least one byte of the message, so a lie about sizes stops here.
        int unit = Codes.unitBytes(type);
        if (size / unit > data.length()) {
            throw in.error(
                    "%d values cannot stand in %d bytes".formatted(size / unit, data.length()));
        }
        in.limits().unpacked(size, in);
        return unpack(unit, ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN));
    }

    private boolean isFixedWidth() {
        return dataField == TensorProto.FLOAT_DATA || dataField == TensorProto.DOUBLE_DATA;
    }

    /** Packed floats in one piece, which are what a tensor holds; null when it is otherwise. */
    private @Nullable ByteBuffer singleRun() {
        if (!isFixedWidth()) {
            return null;
        }
        WireReader pass = data.again();
        ByteBuffer found = null;
        while (pass.next()) {
            if (pass.field() != dataField) {
                pass.skip();
            } else if (found != null || !pass.isRun()) {
                return null;
            } else {
                found = pass.bytes();
            }
        }
        return found;
    }

    private ByteBuffer unpack(int unit, ByteBuffer out) {
        while (data.next()) {
            if (data.field() != dataField) {
                data.skip();
            } else if (isFixedWidth()) {
                ByteBuffer piece = data.bytes();
                requireRoom(out, piece.remaining());
                out.put(piece);
            } else {
                data.numbers(value -> put(value, unit, out));
            }
        }
        return out.flip();
    }

    private void put(long value, int unit, ByteBuffer out) {
        requireRoom(out, unit);
        int bits = unit * Byte.SIZE;
        if (bits < Long.SIZE && (value >> bits) != 0 && (value >> (bits - 1)) != -1) {
            throw in.error("the value " + value + " does not fit " + bits + " bits");
        }
        switch (unit) {
            case Byte.BYTES -> out.put((byte) value);
            case Short.BYTES -> out.putShort((short) value);
            case Integer.BYTES -> out.putInt((int) value);
            default -> out.putLong(value);
        }
    }

    private void requireRoom(ByteBuffer out, int bytes) {
        if (out.remaining() < bytes) {
            throw in.error("the tensor has more values than its sizes say");
        }
    }
}
