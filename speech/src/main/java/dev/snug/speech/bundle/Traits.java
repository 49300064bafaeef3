package dev.snug.speech.bundle;

import dev.snug.runtime.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a voice is described, in the words of VietVoice-TTS; null where nobody said. The same record
 * is a wish: null then means that any will do.
 */
public record Traits(
        @Nullable Gender gender,
        @Nullable Group group,
        @Nullable Area area,
        @Nullable Emotion emotion) {
    /** Nothing is said, or wished. */
    public static final Traits NONE = new Traits(null, null, null, null);

    /** Of the speaker. */
    public enum Gender {
        MALE,
        FEMALE
    }

    /** Where such speech is heard. */
    public enum Group {
        STORY,
        NEWS,
        AUDIOBOOK,
        INTERVIEW,
        REVIEW
    }

    /** The part of Vietnam whose accent it is. */
    public enum Area {
        NORTHERN,
        SOUTHERN,
        CENTRAL
    }

    /** The mood of the recording. */
    public enum Emotion {
        NEUTRAL,
        SERIOUS,
        MONOTONE,
        SAD,
        SURPRISED,
        HAPPY,
        ANGRY
    }

    /** The traits among the properties of a voice; each may be missing. */
    public static Traits read(Fields fields) {
        return new Traits(
                choice(fields, "gender", Gender.class),
                choice(fields, "group", Group.class),
                choice(fields, "area", Area.class),
                choice(fields, "emotion", Emotion.class));
    }

    private static <E extends Enum<E>> @Nullable E choice(
            Fields fields, String key, Class<E> type) {
        return fields.has(key) ? fields.choice(key, type) : null;
    }

    /** Each trait that is said, in lower case by its key; {@link #read} reads them back. */
    public Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        put(words, "gender", gender);
        put(words, "group", group);
        put(words, "area", area);
        put(words, "emotion", emotion);
        return words;
    }

    private static void put(Map<String, String> words, String key, @Nullable Enum<?> trait) {
        if (trait != null) {
            words.put(key, trait.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a voice so described is what {@code wish} asks for. */
    public boolean meet(Traits wish) {
        return (wish.gender == null || wish.gender == gender)
                && (wish.group == null || wish.group == group)
                && (wish.area == null || wish.area == area)
                && (wish.emotion == null || wish.emotion == emotion);
    }
}
