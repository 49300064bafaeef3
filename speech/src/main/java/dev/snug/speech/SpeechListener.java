package dev.snug.speech;

import dev.snug.speech.text.Chunk;

/** Told how far speech has come; asked whether to go on. Methods return at once. */
public interface SpeechListener {
    /** Nobody listens. */
    SpeechListener NONE = new SpeechListener() {};

    /** Chunk {@code number}, from 0, of the plan begins. */
    default void chunk(SpeechPlan plan, int number, Chunk chunk) {}

    /** Step {@code step}, from 0, of {@code steps} of the current chunk begins. */
    default void step(int step, int steps) {}

    /** The first samples were handed out, so many seconds after the start. */
    default void firstAudio(double seconds) {}

    /** Whether to end with CancellationException; asked before each step, and at an interrupt. */
    default boolean isCancelled() {
        return false;
    }
}
