package dev.snug.speech;

import dev.snug.speech.text.Chunk;

import java.io.IOException;

/** Sees what each stage made; keeps and changes nothing of it. Mel and noise are [frames, 100]. */
public interface StageObserver {
    /** Nobody looks. */
    StageObserver NONE = new StageObserver() {};

    /** The reference, 24 kHz at the model's level, and its mel. */
    default void reference(SpeechPlan plan, float[] samples, float[] mel) throws IOException {}

    /** What chunk {@code number}, from 0, starts from. */
    default void noise(int number, Chunk chunk, float[] noise) throws IOException {}

    /** The whole mel of a chunk, the reference's own frames in front. */
    default void mel(int number, float[] mel) throws IOException {}

    /** The sound of a chunk, -1 to 1, before it is joined. */
    default void wave(int number, float[] wave) throws IOException {}
}
