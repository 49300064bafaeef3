package dev.snug.speech.f5;

import static dev.snug.speech.f5.TransformerSizes.BLOCKS_MOST;
import static dev.snug.speech.f5.TransformerSizes.CHANNELS_MOST;
import static dev.snug.speech.f5.TransformerSizes.size;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.text.Vocabulary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the bundle of an F5-TTS model is laid out: the {@code layout} of its settings.
 *
 * @param parameters weights of each graph, by role
 */
record F5Layout(F5Version version, F5Sizes sizes, Map<String, Long> parameters, StepTable table) {
    private static final int ROLES_MAX = 10;

    F5Layout {
        // In the order of the import, so that equal imports write equal manifests.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a layout back.
     *
     * @throws JsonException when a key is missing, unknown or wrong
     */
    static F5Layout parse(Map<String, ?> object, String where) {
        return Fields.read(object, where, fields -> read(fields, where));
    }

    private static F5Layout read(Fields fields, String where) {
        F5Sizes sizes = Fields.read(fields.tree("sizes"), where + ".sizes", F5Layout::sizes);
        return new F5Layout(
                fields.choice("version", F5Version.class),
                sizes,
                fields.figures("parameters", ROLES_MAX),
                StepTable.read(fields, sizes.transformer()));
    }

    private static F5Sizes sizes(Fields fields) {
        return new F5Sizes(
                TransformerSizes.read(fields),
                size(fields, "mel", CHANNELS_MOST),
                size(fields, "text_dim", CHANNELS_MOST),
                size(fields, "text_blocks", BLOCKS_MOST),
                size(fields, "tokens", Vocabulary.LINES_MAX + 1));
    }

    /** The layout as a manifest keeps it; {@link #parse} reads it back to the bit. */
    Map<String, Object> toJson() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        sizes.transformer().put(numbers);
        numbers.put("mel", sizes.mel());
        numbers.put("text_dim", sizes.textDim());
        numbers.put("text_blocks", sizes.textBlocks());
        numbers.put("tokens", sizes.tokens());
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("version", version.name().toLowerCase(Locale.ROOT));
        layout.put("sizes", numbers);
        layout.put("parameters", parameters);
        table.put(layout);
        return layout;
    }
}
