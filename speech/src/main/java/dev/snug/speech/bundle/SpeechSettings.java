package dev.snug.speech.bundle;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.text.Passage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the graphs of a speech model do not say of themselves: the {@code settings} of its manifest.
 *
 * @param family whose text rules it was trained with and how its graphs are fed
 * @param folded whether what depends on the step alone was taken out of the velocity graph
 * @param fused whether all its attention runs in one operator
 * @param notes what an import could not do, for people; one sentence each
 * @param layout what only the family's own networks understand
 */
public record SpeechSettings(
        Family family,
        boolean folded,
        boolean fused,
        List<String> notes,
        List<Voice> voices,
        Map<String, ?> layout) {
    /** The kind of bundle, as its manifest names it. */
    public static final String KIND = "text-to-speech";

    /** File of the tokens in every bundle. */
    public static final String VOCABULARY_FILE = "vocab.txt";

    /** Voices of one model; the archive of VietVoice-TTS has dozens. */
    public static final int VOICES_MAX = 900;

    private static final int NOTES_MAX = 100;

    /** The systems whose models are run. */
    public enum Family {
        /** F5-TTS: graphs of Snug's own, made from a checkpoint. */
        F5,
        /** VietVoice-TTS: the graphs of its archive. */
        VIETVOICE,
        /** Snug's own small voice: text aligned to frames, graphs made from its checkpoint. */
        ALIGNED
    }

    public SpeechSettings {
        notes = List.copyOf(notes);
        voices = List.copyOf(voices);
    }

    /**
     * Reads the settings of a manifest.
     *
     * @param where the place, for messages
     * @throws JsonException when a key is missing, unknown or wrong
     */
    public static SpeechSettings parse(Map<String, ?> object, String where) {
        return Fields.read(
                object,
                where,
                fields ->
                        new SpeechSettings(
                                fields.choice("family", Family.class),
                                fields.flag("folded"),
                                fields.flag("fused"),
                                fields.words("notes", NOTES_MAX),
                                fields.list("voices", VOICES_MAX, SpeechSettings::voice),
                                fields.tree("layout")));
    }

    private static Voice voice(Fields fields) {
        return new Voice(
                fields.text("name"),
                fields.text("file"),
                new Passage(fields.text("text")),
                Traits.read(fields));
    }

    /** The settings as a manifest keeps them; {@link #parse} reads them back. */
    public Map<String, ?> toJson() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("family", family.name().toLowerCase(Locale.ROOT));
        properties.put("folded", folded);
        properties.put("fused", fused);
        properties.put("notes", notes);
        properties.put("voices", voices.stream().map(SpeechSettings::json).toList());
        properties.put("layout", layout);
        return properties;
    }

    private static Map<String, Object> json(Voice voice) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("name", voice.name());
        properties.put("file", voice.file());
        properties.put("text", voice.text().text());
        properties.putAll(voice.traits().words());
        return properties;
    }
}
