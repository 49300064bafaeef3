package dev.snug.speech.bundle;

import org.jspecify.annotations.Nullable;

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

    /** Whether a voice so described is what {@code wish} asks for. */
    public boolean meet(Traits wish) {
        return (wish.gender == null || wish.gender == gender)
                && (wish.group == null || wish.group == group)
                && (wish.area == null || wish.area == area)
                && (wish.emotion == null || wish.emotion == emotion);
    }
}
