package dev.snug.runtime.json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON text of bounded size as plain values, and back as indented UTF-8.
 *
 * <p>An object is an unmodifiable {@code Map} in the order of the text, an array an unmodifiable
 * {@code List}; whole numbers are {@code Long}, or {@code BigInteger} beyond 63 bits, the others
 * {@code Double}; {@code String}, {@code Boolean} and null are themselves.
 *
 * <p>Stricter than the standard (RFC 8259): a key stands once in an object, numbers are finite, and
 * nothing follows the object.
 */
public final class Json {
    /** Longest key in characters. */
    private static final int KEY_CHARS = 1024;

    /** Most digits of a number; a double needs 17, and long ones cost quadratic time. */
    private static final int NUMBER_CHARS = 64;

    private static final JsonFactory WRITING = new JsonFactory();

    private final JsonParser parser;
    private final String where;
    private final int entriesMost;
    private int entries;

    private Json(JsonParser parser, String where, int entriesMost) {
        this.parser = parser;
        this.where = where;
        this.entriesMost = entriesMost;
    }

    /** The object that {@code text} holds, within the limits of a manifest. */
    public static Map<String, @Nullable Object> parseObject(byte[] text, String where) {
        return parseObject(text, where, JsonLimits.MANIFEST);
    }

    /**
     * The object that {@code text} holds.
     *
     * @param where what the text is, for messages: a file name
     * @throws JsonException when the text is not one JSON object or breaks a limit
     */
    public static Map<String, @Nullable Object> parseObject(
            byte[] text, String where, JsonLimits limits) {
        return read(text, where, limits, JsonToken.START_OBJECT, Json::object);
    }

    /**
     * The array that {@code text} holds.
     *
     * @param where what the text is, for messages: a file name
     * @throws JsonException when the text is not one JSON array or breaks a limit
     */
    public static List<@Nullable Object> parseArray(byte[] text, String where, JsonLimits limits) {
        return read(text, where, limits, JsonToken.START_ARRAY, Json::array);
    }

    private static <T> T read(
            byte[] text,
            String where,
            JsonLimits limits,
            JsonToken start,
            Function<Json, T> reader) {
        String kind = start == JsonToken.START_OBJECT ? "object" : "array";
        if (text.length > limits.bytes()) {
            throw new JsonException(
                    where + " is larger than the " + limits.bytes() + " bytes allowed for JSON");
        }
        try (JsonParser parser = reading(limits).createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != start) {
                throw new JsonException(where + " is not a JSON " + kind);
            }
            T value = reader.apply(new Json(parser, where, limits.entries()));
            if (parser.nextToken() != null) {
                throw new JsonException(where + " goes on after its JSON " + kind);
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            throw new JsonException(
                    where
                            + (place == null ? "" : ", line " + place.getLineNr() + ",")
                            + " is not JSON that Snug reads: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static JsonFactory reading(JsonLimits limits) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(limits.depth())
                                .maxStringLength(limits.stringChars())
                                .maxNameLength(KEY_CHARS)
                                .maxNumberLength(NUMBER_CHARS)
                                .build())
                .build();
    }

    /** The text of {@code object}: two spaces a level, UTF-8, a line feed at the end. */
    public static byte[] bytes(Map<String, ?> object) {
        return text(object);
    }

    /** The text of {@code array}, likewise. */
    public static byte[] bytes(List<?> array) {
        return text(array);
    }

    private static byte[] text(Object value) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = WRITING.createGenerator(new Indented(), text)) {
            write(out, value);
            out.writeRaw('\n');
        }
        return text.toByteArray();
    }

    private @Nullable Object value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException(where + " has a stray " + parser.currentToken());
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            count();
            String key = parser.currentName();
            parser.nextToken();
            properties.put(key, value());
        }
        return Collections.unmodifiableMap(properties);
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count();
            elements.add(value());
        }
        return Collections.unmodifiableList(elements);
    }

    private void count() {
        entries++;
        if (entries > entriesMost) {
            throw new JsonException(
                    where + " holds more than the " + entriesMost + " entries allowed");
        }
    }

    private Number whole() {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Number) parser.getLongValue();
    }

    private double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new JsonException(where + " holds a number that no double can hold");
        }
        return number;
    }

    private static void write(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> object -> {
                out.writeStartObject();
                object.forEach(
                        (key, property) -> {
                            out.writeName(String.valueOf(key));
                            write(out, property);
                        });
                out.writeEndObject();
            }
            case List<?> array -> {
                out.writeStartArray();
                array.forEach(element -> write(out, element));
                out.writeEndArray();
            }
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Integer whole -> out.writeNumber(whole);
            case Long whole -> out.writeNumber(whole);
            case BigInteger whole -> out.writeNumber(whole);
            case Double real when Double.isFinite(real) -> out.writeNumber(real);
            default -> throw new IllegalArgumentException("not a JSON value: " + value);
        }
    }

    /** {@code text} from outside in quotes, for a message. */
    public static String quoted(String text) {
        return "'" + printable(text) + "'";
    }

    /** {@code text} from outside, short and without control characters. */
    public static String printable(String text) {
        String shown = text.length() > 120 ? text.substring(0, 120) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** Line feeds and two spaces on every system, so that equal manifests are equal bytes. */
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
