package dev.snug.server.settings;

import dev.snug.runtime.json.Json;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of settings: YAML of at most 64 KiB, one flat map of {@code key: value}, as text. Only the
 * parser's events are used, as decision 0012 has it; nesting, lists, aliases, repeated keys and
 * empty values are refused.
 */
final class SettingsFile {
    /** Bytes; every setting with its help in a comment takes 4 KB. */
    static final int BYTES_MAX = 64 << 10;

    private final Iterator<Event> events;
    private final String where;

    private SettingsFile(Iterator<Event> events, String where) {
        this.events = events;
        this.where = where;
    }

    /**
     * Keys and values as they are written, in the file's order.
     *
     * @throws SettingsException when it cannot be read, is no flat map, or breaks a limit
     */
    static Map<String, String> read(Path file) {
        String where = Json.printable(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(BYTES_MAX + 1);
            if (text.length > BYTES_MAX) {
                throw new SettingsException(
                        where + " is larger than the " + BYTES_MAX + " bytes allowed for settings");
            }
            return parse(text, where);
        } catch (IOException e) {
            throw new SettingsException(where + ": the settings cannot be read: " + e, e);
        }
    }

    private static Map<String, String> parse(byte[] text, String where) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(where).setCodePointLimit(BYTES_MAX).build();
        try {
            Iterator<Event> events =
                    new Parse(settings).parseInputStream(new ByteArrayInputStream(text)).iterator();
            return new SettingsFile(events, where).document();
        } catch (YamlEngineException e) {
            // Its text quotes the line, and the line may hold a secret.
            throw new SettingsException(where + " is not YAML: " + e.getClass().getSimpleName());
        }
    }

    private Map<String, String> document() {
        Map<String, String> found = Map.of();
        int documents = 0;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
                throw new SettingsException(where + " holds several YAML documents, not one");
            }
            switch (event) {
                case MappingStartEvent _ -> found = map();
                case ScalarEvent scalar when scalar.getValue().isEmpty() -> {}
                default -> refuseUnlessFrame(event);
            }
        }
        return found;
    }

    private void refuseUnlessFrame(Event event) {
        switch (event.getEventId()) {
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
            default -> throw new SettingsException(where + " is not a YAML map of key: value");
        }
    }

    private Map<String, String> map() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Event event = events.next();
                event.getEventId() != Event.ID.MappingEnd;
                event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw new SettingsException(where + " has a key that is no text");
            }
            String name = Json.printable(key.getValue());
            if (!(events.next() instanceof ScalarEvent value)) {
                throw new SettingsException(
                        where
                                + ", key "
                                + name
                                + ": a list, a map or an alias; one value is allowed");
            }
            if (values.put(key.getValue(), value.getValue()) != null) {
                throw new SettingsException(where + " has the key " + name + " twice");
            }
        }
        return values;
    }
}
