package dev.snug.runtime.json;

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
import tools.jackson.jr.stree.JrsArray;
import tools.jackson.jr.stree.JrsBoolean;
import tools.jackson.jr.stree.JrsNull;
import tools.jackson.jr.stree.JrsNumber;
import tools.jackson.jr.stree.JrsObject;
import tools.jackson.jr.stree.JrsString;
import tools.jackson.jr.stree.JrsValue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON text of bounded size as a tree of jackson-jr nodes, and back as indented UTF-8.
 *
 * <p>Stricter than the standard (RFC 8259): a key stands once in an object, numbers are finite, and
 * nothing follows the object. Whole numbers become {@code Integer}, {@code Long} or {@code
 * BigInteger}, the others {@code Double}. Keys keep their order.
 */
public final class Json {
    /** Largest text in bytes: a manifest with every class of ImageNet named takes 60 KiB. */
    public static final int MAX_BYTES = 4 << 20;

    /** Most properties and elements in one text; bounds the tree to about 10 MB. */
    public static final int MAX_ENTRIES = 100_000;

    /** Most objects and arrays inside each other; bounds the stack of whoever walks the tree. */
    public static final int MAX_DEPTH = 64;

    /** Longest string in characters; large enough to name what is refused inside it. */
    private static final int MAX_STRING_LENGTH = 1 << 20;

    /** Longest key in characters. */
    private static final int MAX_KEY_LENGTH = 1024;

    /** Most digits of a number; a double needs 17, and long ones cost quadratic time. */
    private static final int MAX_NUMBER_LENGTH = 64;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxDocumentLength(MAX_BYTES)
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING_LENGTH)
                                    .maxNameLength(MAX_KEY_LENGTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .build())
                    .build();

    private final JsonParser parser;
    private final String where;
    private int entries;

    private Json(JsonParser parser, String where) {
        this.parser = parser;
        this.where = where;
    }

    /**
     * The object that {@code text} holds.
     *
     * @param where what the text is, for messages: a file name
     * @throws JsonException when the text is not one JSON object or breaks a limit
     */
    public static JrsObject parseObject(byte[] text, String where) {
        if (text.length > MAX_BYTES) {
            throw new JsonException(
                    where + " is larger than the " + MAX_BYTES + " bytes allowed for JSON");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException(where + " is not a JSON object");
            }
            JrsValue value = new Json(parser, where).value();
            if (parser.nextToken() != null) {
                throw new JsonException(where + " goes on after its JSON object");
            }
            return (JrsObject) value;
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            throw new JsonException(
                    where
                            + (place == null ? "" : ", line " + place.getLineNr())
                            + ", is not JSON that Snug reads: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** The text of {@code object}: two spaces a level, UTF-8, a line feed at the end. */
    public static byte[] bytes(JrsObject object) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(new Indented(), text)) {
            write(out, object);
            out.writeRaw('\n');
        }
        return text.toByteArray();
    }

    private JrsValue value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new JrsString(parser.getString());
            case VALUE_NUMBER_INT -> new JrsNumber(parser.getNumberValue());
            case VALUE_NUMBER_FLOAT -> new JrsNumber(finite(parser.getDoubleValue()));
            case VALUE_TRUE -> JrsBoolean.TRUE;
            case VALUE_FALSE -> JrsBoolean.FALSE;
            case VALUE_NULL -> JrsNull.instance();
            default -> throw new JsonException(where + " has a stray " + parser.currentToken());
        };
    }

    private JrsObject object() {
        Map<String, JrsValue> properties = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            count();
            String key = parser.currentName();
            parser.nextToken();
            properties.put(key, value());
        }
        return new JrsObject(properties);
    }

    private JrsArray array() {
        List<JrsValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count();
            elements.add(value());
        }
        return new JrsArray(elements);
    }

    private void count() {
        entries++;
        if (entries > MAX_ENTRIES) {
            throw new JsonException(
                    where + " holds more than the " + MAX_ENTRIES + " entries allowed");
        }
    }

    private double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new JsonException(where + " holds a number that no double can hold");
        }
        return number;
    }

    private static void write(JsonGenerator out, JrsValue value) {
        switch (value) {
            case JrsObject object -> {
                out.writeStartObject();
                Iterator<Map.Entry<String, JrsValue>> fields = object.fields();
                while (fields.hasNext()) {
                    Map.Entry<String, JrsValue> field = fields.next();
                    out.writeName(field.getKey());
                    write(out, field.getValue());
                }
                out.writeEndObject();
            }
            case JrsArray array -> {
                out.writeStartArray();
                Iterator<JrsValue> elements = array.elements();
                while (elements.hasNext()) {
                    write(out, elements.next());
                }
                out.writeEndArray();
            }
            case JrsString string -> out.writeString(string.getValue());
            case JrsNumber number -> write(out, number.getValue());
            case JrsBoolean bool -> out.writeBoolean(bool.booleanValue());
            case JrsNull nothing -> out.writeNull();
            default -> throw new IllegalArgumentException("not a JSON value: " + value);
        }
    }

    private static void write(JsonGenerator out, Number number) {
        switch (number) {
            case Integer whole -> out.writeNumber(whole);
            case Long whole -> out.writeNumber(whole);
            case BigInteger whole -> out.writeNumber(whole);
            case Float real when Float.isFinite(real) -> out.writeNumber(real);
            case Double real when Double.isFinite(real) -> out.writeNumber(real);
            default -> throw new IllegalArgumentException("not a JSON number: " + number);
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
