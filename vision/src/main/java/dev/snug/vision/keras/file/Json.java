package dev.snug.vision.keras.file;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON document as plain values: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code
 * Double}, {@code Boolean} and null. Depth, tokens and lengths are bounded while it is read.
 */
public final class Json {
    /** A nested model takes six levels; Keras files seen so far stay below 40. */
    private static final int DEPTH = 200;

    /** Sixteen times an EfficientNetV2-S: bounds the values on the heap to about 100 MB. */
    private static final int TOKENS = 1_000_000;

    private static final int STRING_CHARS = 1 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH)
                                    .maxTokenCount(TOKENS)
                                    .maxStringLength(STRING_CHARS)
                                    .build())
                    .build();

    private final JsonParser parser;

    private Json(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The object that {@code bytes} hold.
     *
     * @param entry what the bytes are, for messages
     * @throws KerasException when they are no JSON object or pass a limit
     */
    public static Map<String, @Nullable Object> object(String entry, byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new KerasException("its " + entry + " is no JSON object");
            }
            Map<String, @Nullable Object> object = new Json(parser).object();
            if (parser.nextToken() != null) {
                throw new KerasException("its " + entry + " goes on after the JSON object");
            }
            return object;
        } catch (JacksonException e) {
            throw new KerasException(
                    "its %s cannot be read: %s".formatted(entry, e.getOriginalMessage()), e);
        }
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            object.put(key, value(parser.nextToken()));
        }
        return Collections.unmodifiableMap(object);
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            array.add(value(token));
        }
        return Collections.unmodifiableList(array);
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new KerasException("unexpected JSON token " + token);
        };
    }
}
