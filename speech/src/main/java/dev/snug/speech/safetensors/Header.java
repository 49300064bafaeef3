package dev.snug.speech.safetensors;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file: tensors that together cover the values exactly once.
 *
 * @param entries by name, in the order of the header
 * @param metadata free texts of the writer
 * @param valueBytes bytes behind the header
 */
record Header(Map<String, Entry> entries, Map<String, String> metadata, long valueBytes) {
    /**
     * A tensor takes about 10 entries and 150 bytes, so 20,000 tensors are the most; F5-TTS has
     * 364. Nothing nests deeper than a list in an object in the object.
     */
    static final JsonLimits LIMITS = new JsonLimits(4 << 20, 200_000, 3, 64 << 10);

    private static final String METADATA = "__metadata__";

    /** Free texts; exporters write two or three. */
    private static final int METADATA_MOST = 1000;

    /** Sizes of one tensor; a convolution over volumes has five. */
    private static final int RANK_MOST = 8;

    /**
     * One tensor.
     *
     * @param begin first byte, counted from the end of the header
     * @param end the byte behind its last
     */
    record Entry(String name, ElementType type, Shape shape, long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /**
     * The header that {@code text} spells.
     *
     * @param valueBytes the bytes that follow it in the file
     * @throws CheckpointException when it breaks a rule of the format
     */
    static Header parse(byte[] text, long valueBytes, String where) {
        if (text.length == 0 || text[0] != '{') {
            throw new CheckpointException(where + ": the header does not begin with a brace");
        }
        try {
            Map<String, @Nullable Object> all = Json.parseObject(text, where, LIMITS);
            Fields fields = new Fields(all, where);
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (String name : all.keySet()) {
                if (!name.equals(METADATA)) {
                    String place = where + ": " + Json.quoted(name);
                    entries.put(
                            name,
                            Fields.read(fields.tree(name), place, at -> entry(name, at, place)));
                }
            }
            Map<String, String> metadata =
                    fields.has(METADATA) ? fields.texts(METADATA, METADATA_MOST) : Map.of();
            requireExactCover(entries, valueBytes, where);
            return new Header(entries, metadata, valueBytes);
        } catch (JsonException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Entry entry(String name, Fields fields, String place) {
        ElementType type = type(fields.text("dtype"), place);
        Shape shape = Shape.of(wholes(fields, "shape", RANK_MOST, place));
        long[] offsets = wholes(fields, "data_offsets", 2, place);
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new CheckpointException(place + " has no beginning before its end");
        }
        Entry entry = new Entry(name, type, shape, offsets[0], offsets[1]);
        long expected;
        try {
            expected = type.bytes(shape.elements());
        } catch (ArithmeticException e) {
            throw new CheckpointException(place + " has the impossible shape " + shape, e);
        }
        if (expected != entry.bytes() || expected > Integer.MAX_VALUE) {
            throw new CheckpointException(
                    "%s, %s%s, needs %d bytes and has %d; at most %d are read"
                            .formatted(
                                    place,
                                    type,
                                    shape,
                                    expected,
                                    entry.bytes(),
                                    Integer.MAX_VALUE));
        }
        return entry;
    }

    private static long[] wholes(Fields fields, String key, int most, String place) {
        List<?> values = fields.values(key, most);
        if (values == null) {
            throw new CheckpointException(place + ": " + key + " is null");
        }
        long[] wholes = new long[values.size()];
        for (int i = 0; i < wholes.length; i++) {
            if (!(values.get(i) instanceof Long whole) || whole < 0) {
                throw new CheckpointException(
                        place + ": " + key + " holds something else than counts of 63 bits");
            }
            wholes[i] = whole;
        }
        return wholes;
    }

    private static ElementType type(String name, String place) {
        return switch (name) {
            case "BOOL" -> ElementType.BOOL;
            case "U8" -> ElementType.UINT8;
            case "I8" -> ElementType.INT8;
            case "U16" -> ElementType.UINT16;
            case "I16" -> ElementType.INT16;
            case "U32" -> ElementType.UINT32;
            case "I32" -> ElementType.INT32;
            case "U64" -> ElementType.UINT64;
            case "I64" -> ElementType.INT64;
            case "F16" -> ElementType.FLOAT16;
            case "BF16" -> ElementType.BFLOAT16;
            case "F32" -> ElementType.FLOAT;
            case "F64" -> ElementType.DOUBLE;
            default ->
                    throw new CheckpointException(
                            place + " has the unknown dtype " + Json.quoted(name));
        };
    }

    /** The rule of the format: the tensors lie one behind the other, without holes or overlap. */
    private static void requireExactCover(
            Map<String, Entry> entries, long valueBytes, String where) {
        List<Entry> ordered = new ArrayList<>(entries.values());
        ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long reached = 0;
        for (Entry entry : ordered) {
            if (entry.begin() != reached) {
                throw new CheckpointException(
                        "%s: %s begins at %d, where the tensors before it end at %d"
                                .formatted(
                                        where, Json.quoted(entry.name()), entry.begin(), reached));
            }
            reached = entry.end();
        }
        if (reached != valueBytes) {
            throw new CheckpointException(
                    "%s: the tensors end at %d and the file has %d bytes of values; it is truncated"
                                    .formatted(where, reached, valueBytes)
                            + " or damaged");
        }
    }
}
