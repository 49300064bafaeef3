package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;
import dev.snug.speech.safetensors.CheckpointException;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML file of settings of at most 64 KiB as plain values: maps by text, lists, {@code Boolean},
 * {@code Long}, {@code String} and null; what is neither stays text, as do quoted scalars.
 *
 * <p>The parser gives events and Snug builds the values, so that nothing of the file names a Java
 * type, and depth is counted before it takes stack. Aliases, with which a small file becomes a huge
 * tree, are refused; so are repeated keys.
 */
final class Yaml {
    /** Bytes; the settings of F5TTS_v1_Base take 1.7 KB. */
    static final int BYTES_MAX = 64 << 10;

    /** Maps and lists inside each other; the settings of F5-TTS and Vocos have three. */
    static final int DEPTH_MAX = 16;

    private static final ScalarResolver SCALARS = new CoreSchema().getScalarResolver();

    private final Iterator<Event> events;
    private final String where;

    private Yaml(Iterator<Event> events, String where) {
        this.events = events;
        this.where = where;
    }

    /**
     * The map that {@code file} holds; empty when it holds nothing.
     *
     * @throws CheckpointException when it cannot be read, is no map, or breaks a limit
     */
    static Map<String, @Nullable Object> read(Path file) {
        String where = Json.printable(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(BYTES_MAX + 1);
            if (text.length > BYTES_MAX) {
                throw new CheckpointException(
                        "%s is larger than the %d bytes allowed for settings"
                                .formatted(where, BYTES_MAX));
            }
            return parse(text, where);
        } catch (IOException e) {
            throw new CheckpointException(where + " cannot be read: " + e, e);
        }
    }

    private static Map<String, @Nullable Object> parse(byte[] text, String where) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(where).setCodePointLimit(BYTES_MAX).build();
        try {
            Iterator<Event> events =
                    new Parse(settings).parseInputStream(new ByteArrayInputStream(text)).iterator();
            return new Yaml(events, where).document();
        } catch (YamlEngineException e) {
            throw new CheckpointException(
                    where
                            + " is not YAML that Snug reads: "
                            + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " "),
                    e);
        }
    }

    private Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> found = Map.of();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
                throw new CheckpointException(where + " holds several YAML documents, not one");
            }
            if (event instanceof MappingStartEvent) {
                found = map(1);
            } else if (event instanceof SequenceStartEvent || event instanceof ScalarEvent) {
                throw new CheckpointException(where + " is not a YAML map");
            }
        }
        return found;
    }

    private @Nullable Object value(Event event, int depth) {
        if (depth > DEPTH_MAX) {
            throw new CheckpointException(
                    "%s is nested deeper than the %d levels allowed".formatted(where, DEPTH_MAX));
        }
        return switch (event) {
            case MappingStartEvent _ -> map(depth);
            case SequenceStartEvent _ -> list(depth);
            case ScalarEvent scalar -> scalar(scalar);
            case AliasEvent _ ->
                    throw new CheckpointException(where + " uses an alias (*name); write it out");
            default -> throw new CheckpointException(where + " is not YAML that Snug reads");
        };
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.MappingEnd;
                event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw new CheckpointException(where + " has a key that is no text");
            }
            if (values.containsKey(key.getValue())) {
                throw new CheckpointException(
                        where + " has the key " + Json.quoted(key.getValue()) + " twice");
            }
            values.put(key.getValue(), value(events.next(), depth + 1));
        }
        return values;
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.SequenceEnd;
                event = events.next()) {
            values.add(value(event, depth + 1));
        }
        return values;
    }

    private static @Nullable Object scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return text;
        }
        Tag tag = SCALARS.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.parseBoolean(text);
        }
        // Sizes are short; a number beyond a long stays the text that it is.
        return tag.equals(Tag.INT) && text.matches("[-+]?[0-9]{1,18}")
                ? (Object) Long.parseLong(text)
                : text;
    }
}
