package dev.snug.speech.f5;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Vocabulary;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the bundle of an F5-TTS model is laid out: the {@code layout} of its settings.
 *
 * @param parameters weights of each graph, by role
 * @param times of the rows of {@link #TABLE_FILE}, in their order
 */
record F5Layout(F5Version version, F5Sizes sizes, Map<String, Long> parameters, List<Float> times) {
    /** Roles of the graphs, which are also the names of their files. */
    static final String TEXT = "text";

    static final String VELOCITY = "velocity";
    static final String STEPS = "steps";
    static final String VOCODER = "vocoder";

    /** A row of float32 values, little-endian, for each of the times; nothing else. */
    static final String TABLE_FILE = "steps.table";

    private static final int ROLES_MAX = 10;

    F5Layout {
        parameters = Map.copyOf(parameters);
        times = List.copyOf(times);
    }

    /** The file of the graph {@code role} in {@code bundle}. */
    static Path graph(Bundle bundle, String role) {
        return bundle.file(
                bundle.manifest()
                        .graph(role)
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "model %s has no graph for %s; import it again"
                                                        .formatted(bundle.manifest().name(), role)))
                        .file());
    }

    /**
     * Reads a layout back.
     *
     * @throws JsonException when a key is missing, unknown or wrong
     */
    static F5Layout parse(Map<String, ?> object, String where) {
        return Fields.read(
                object,
                where,
                fields ->
                        new F5Layout(
                                fields.choice("version", F5Version.class),
                                Fields.read(
                                        fields.tree("sizes"), where + ".sizes", F5Layout::sizes),
                                fields.figures("parameters", ROLES_MAX),
                                times(fields, where)));
    }

    private static F5Sizes sizes(Fields fields) {
        return new F5Sizes(
                size(fields, "dim", F5Sizes.CHANNELS_MOST),
                size(fields, "depth", F5Sizes.BLOCKS_MOST),
                size(fields, "heads", F5Sizes.BLOCKS_MOST),
                size(fields, "mel", F5Sizes.CHANNELS_MOST),
                size(fields, "text_dim", F5Sizes.CHANNELS_MOST),
                size(fields, "text_blocks", F5Sizes.BLOCKS_MOST),
                size(fields, "tokens", Vocabulary.LINES_MAX + 1));
    }

    private static int size(Fields fields, String key, int most) {
        long size = fields.whole(key);
        if (size < 1 || size > most) {
            throw new JsonException("%s = %d is out of range 1 to %d".formatted(key, size, most));
        }
        return (int) size;
    }

    private static List<Float> times(Fields fields, String where) {
        List<?> values = fields.values("times", Schedule.STEPS_MAX);
        if (values == null) {
            throw new JsonException(where + ": times is null");
        }
        return values.stream()
                .map(
                        value -> {
                            if (!(value instanceof Number number)) {
                                throw new JsonException(where + ": times holds more than numbers");
                            }
                            return number.floatValue();
                        })
                .toList();
    }

    /** The layout as a manifest keeps it; {@link #parse} reads it back to the bit. */
    Map<String, Object> toJson() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("dim", sizes.dim());
        numbers.put("depth", sizes.depth());
        numbers.put("heads", sizes.heads());
        numbers.put("mel", sizes.mel());
        numbers.put("text_dim", sizes.textDim());
        numbers.put("text_blocks", sizes.textBlocks());
        numbers.put("tokens", sizes.tokens());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (String role : List.of(TEXT, VELOCITY, STEPS, VOCODER)) {
            counts.put(role, parameters.getOrDefault(role, 0L));
        }
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("version", version.name().toLowerCase(Locale.ROOT));
        layout.put("sizes", numbers);
        layout.put("parameters", counts);
        layout.put("times", times.stream().map(Float::doubleValue).toList());
        return layout;
    }
}
