package dev.snug.speech.network;

import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

/**
 * The networks of one speech model, stage by stage: reference to mel, tokens to conditions, noise
 * to mel, mel to sound. Each stage loads its graph, runs and lets go of it, so that at most one
 * network is in memory; only {@link #keeping} ones stay, and are to be closed.
 *
 * <p>Mel spectrograms are natural logarithms, float32 [frames, {@link #BANDS}] row by row. Sound is
 * 24 kHz mono, nominally -1 to 1. Not for several threads at once.
 */
public interface Networks extends AutoCloseable {
    /** Mel bands of a frame. */
    int BANDS = 100;

    /**
     * The spectrogram of a reference, samples / 256 + 1 frames; once for a voice.
     *
     * @param reference 24 kHz mono, -1 to 1
     */
    float[] mel(float[] reference);

    /**
     * What a chunk's velocity depends on beside state and time; once for a chunk.
     *
     * @param referenceMel the spectrogram of the reference
     * @param tokens of reference text and chunk, fewer than {@code frames}
     * @param frames of reference and chunk together
     */
    Conditions conditions(float[] referenceMel, Tokens tokens, int frames);

    /**
     * The times at which {@code steps} steps are taken.
     *
     * @throws IllegalArgumentException when this model cannot take that many; says which it can
     */
    Schedule schedule(Schedule.Kind kind, int steps);

    /** Steps where nobody says how many. */
    int stepsDefault();

    /** Which times the steps take where nobody says. */
    default Schedule.Kind scheduleDefault() {
        return Schedule.Kind.EPSS;
    }

    /** Classifier-free guidance where nobody says how much. */
    default float guidanceDefault() {
        return Sampling.GUIDANCE;
    }

    /** On which steps guidance is computed where nobody says anything of steps. */
    default GuidanceSteps guidanceStepsDefault() {
        return GuidanceSteps.ALL;
    }

    /**
     * The spectrogram at t = 1, as many values as {@code noise}: the model's own frames of the
     * reference too, which nobody needs, and behind them what is said.
     *
     * @param noise float32 [frames, bands], the state at t = 0; left as it is
     * @throws IllegalArgumentException when this model cannot do what {@code sampling} asks
     * @throws java.util.concurrent.CancellationException when the listener throws it
     */
    float[] sample(Conditions conditions, float[] noise, Sampling sampling, StepListener listener);

    /**
     * The sound of what follows the reference.
     *
     * @param mel a whole spectrogram, of reference and chunk
     * @param referenceFrames frames of the reference in it
     */
    float[] sound(float[] mel, int referenceFrames);

    /**
     * The same networks, whose graphs stay loaded from their first run until {@link #close}; these
     * themselves where the family cannot do that ({@link NetworkRuns#canKeep}).
     */
    default Networks keeping() {
        return this;
    }

    /** Lets go of what is kept: nothing, unless they are {@link #keeping}. */
    @Override
    default void close() {}
}
