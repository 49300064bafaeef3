package dev.snug.speech.aligned;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.StepTable;
import dev.snug.speech.text.Vocabulary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the bundle of an aligned model is laid out: the {@code layout} of its settings.
 *
 * @param parameters weights of each graph, by role
 * @param defaults how it is sampled where nobody says, and how long tokens last
 */
public record AlignedLayout(
        AlignedSizes sizes,
        Map<String, Long> parameters,
        StepTable table,
        AlignedDefaults defaults) {
    /** Role of the graph that says how long tokens last; the other roles are those of F5-TTS. */
    static final String DURATIONS = "durations";

    private static final int ROLES_MAX = 10;

    public AlignedLayout {
        // In the order of the import, so that equal imports write equal manifests.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a layout back.
     *
     * @throws JsonException when a key is missing, unknown or wrong
     */
    static AlignedLayout parse(Map<String, ?> object, String where) {
        return Fields.read(object, where, fields -> read(fields, where));
    }

    private static AlignedLayout read(Fields fields, String where) {
        AlignedSizes sizes =
                Fields.read(fields.tree("sizes"), where + ".sizes", AlignedSizes::read);
        AlignedDefaults defaults = AlignedDefaults.read(fields);
        if (defaults.framesPerToken().size() != sizes.tokens() - 1) {
            throw new JsonException(
                    "%s: frames_per_token has %d numbers for %d tokens"
                            .formatted(
                                    where, defaults.framesPerToken().size(), sizes.tokens() - 1));
        }
        return new AlignedLayout(
                sizes,
                fields.figures("parameters", ROLES_MAX),
                StepTable.read(fields, sizes.transformer()),
                defaults);
    }

    /**
     * How many frames each line of the {@link Vocabulary} lasts in the model of {@code settings}.
     *
     * @throws JsonException when the settings are not those of an aligned model
     */
    public static List<Float> tokenFrames(SpeechSettings settings) {
        return parse(settings.layout(), "layout").defaults().framesPerToken();
    }

    /** The layout as a manifest keeps it; {@link #parse} reads it back to the bit. */
    Map<String, Object> toJson() {
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("sizes", sizes.toJson());
        layout.put("parameters", parameters);
        table.put(layout);
        defaults.put(layout);
        return layout;
    }
}
