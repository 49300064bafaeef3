package dev.snug.speech.network;

import java.util.Locale;

/** The stages of speaking that run a graph, in their order; no family has all of them. */
public enum SpeechStage {
    /** The spectrogram of the reference, once for a voice. */
    MEL,
    /** How long tokens last, once for a chunk. */
    DURATIONS,
    /** What the velocity reads of the text, once for a chunk. */
    TEXT,
    /** What the velocity reads of the time, where no table has it. */
    STEPS,
    /** Noise to mel, a run for each step and branch. */
    VELOCITY,
    /** Mel to sound, once for a chunk. */
    VOCODER;

    /** The stage as people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
