package dev.snug.speech.text;

/**
 * The rules from a text to what the model speaks: cleaning, reading, cutting, tokens, durations.
 * Pure: the same three arguments give the same script.
 */
@FunctionalInterface
public interface TextFront {
    /**
     * The pieces of {@code passage}, to be spoken in the voice of {@code reference}.
     *
     * @throws TextException when nothing is left to speak, or a piece does not fit its time
     */
    Script script(Passage passage, Reference reference, Pace pace);
}
