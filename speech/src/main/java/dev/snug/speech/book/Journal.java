package dev.snug.speech.book;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The lines of a journal: the first says what is being spoken, each other one that a chunk is done.
 * Pure.
 *
 * @param chunkSeconds most seconds of a chunk, as they were planned
 */
record Journal(Fingerprint fingerprint, double chunkSeconds) {
    /** Bytes of a line; the first holds the words of a voice. */
    static final int LINE_BYTES_MAX = 64 << 10;

    private static final int VERSION = 1;
    private static final String WHERE = "the journal";

    /** Line ends of indented JSON; inside of strings they are escaped. */
    private static final Pattern INDENT = Pattern.compile("\n *");

    /**
     * A chunk that is done.
     *
     * @param chunk its number in the book, from 0
     * @param samples that are final now
     * @param held samples that are held back
     * @param heldCrc CRC-32 of them
     */
    record Mark(int chunk, long samples, int held, long heldCrc) {
        String line() {
            return "{\"chunk\":%d,\"samples\":%d,\"held\":%d,\"crc\":%d}\n"
                    .formatted(chunk, samples, held, heldCrc);
        }

        /** The mark of {@code line}; null where it is none. */
        static @Nullable Mark parse(String line) {
            try {
                Fields fields = fields(line);
                return new Mark(
                        Math.toIntExact(fields.whole("chunk")),
                        fields.whole("samples"),
                        Math.toIntExact(fields.whole("held")),
                        fields.whole("crc"));
            } catch (JsonException | ArithmeticException e) {
                return null;
            }
        }
    }

    String line() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", (long) VERSION);
        object.put("chunk_seconds", chunkSeconds);
        object.put("settings", fingerprint.settings());
        String json = new String(Json.bytes(object), StandardCharsets.UTF_8).strip();
        return INDENT.matcher(json).replaceAll("") + "\n";
    }

    /** What {@code line} says; null where it is no first line. */
    static @Nullable Journal parse(String line) {
        try {
            Fields fields = fields(line);
            if (fields.whole("version") != VERSION) {
                return null;
            }
            Map<String, String> settings = new LinkedHashMap<>();
            fields.tree("settings")
                    .forEach((name, value) -> settings.put(name, String.valueOf(value)));
            return new Journal(new Fingerprint(settings), fields.number("chunk_seconds"));
        } catch (JsonException e) {
            return null;
        }
    }

    private static Fields fields(String line) {
        return new Fields(Json.parseObject(line.getBytes(StandardCharsets.UTF_8), WHERE), WHERE);
    }
}
