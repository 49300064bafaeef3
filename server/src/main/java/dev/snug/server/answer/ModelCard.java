package dev.snug.server.answer;

import java.util.List;

/**
 * A model as pages and API show it.
 *
 * @param name as it is asked for
 * @param kind what it does
 * @param isDefault whether it answers where none is named
 * @param licence as its maker states it
 * @param bytes of its files
 * @param classes ids and names that a classifier tells apart
 * @param fields of a patient that a classifier takes
 * @param voices that a speech model has
 * @param hasHeatMaps whether it can show where it looked
 * @param createdSeconds when it was installed, since 1970
 */
public record ModelCard(
        String name,
        Kind kind,
        boolean isDefault,
        String licence,
        long bytes,
        List<Named> classes,
        List<Field> fields,
        List<String> voices,
        boolean hasHeatMaps,
        long createdSeconds) {
    /** What a model does. */
    public enum Kind {
        PICTURES,
        SPEECH;

        /** As it is written in JSON and logs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** An id for programs and a name for people. */
    public record Named(String id, String name) {}

    /**
     * What a classifier wants to know of the patient.
     *
     * @param name {@code sex}, {@code location} or {@code age}
     * @param words that it knows; empty for a number
     */
    public record Field(String name, List<String> words) {
        public Field {
            words = List.copyOf(words);
        }
    }

    public ModelCard {
        classes = List.copyOf(classes);
        fields = List.copyOf(fields);
        voices = List.copyOf(voices);
    }
}
