package dev.snug.speech.plan;

import dev.snug.speech.Compat;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.text.Reference;

import java.util.OptionalDouble;

/**
 * What the user fixed of a speech, and what is known of it.
 *
 * @param chunkSeconds most seconds of one chunk, reference included; empty to let the plan choose
 * @param sampling steps, schedule and guidance, as far as somebody said so
 * @param compat whose rules are followed
 * @param engine what of the engine is fixed
 * @param referenceSamples of the voice at 24 kHz, 1 to {@link Reference#SAMPLES_MAX}
 * @param chunking the text at each length of chunks
 * @param soundBytes that writing the sound takes beside samples
 */
public record SpeechWish(
        OptionalDouble chunkSeconds,
        SamplingWish sampling,
        Compat compat,
        EngineWish engine,
        int referenceSamples,
        Chunking chunking,
        long soundBytes) {
    public SpeechWish {
        if (referenceSamples < 1 || referenceSamples > Reference.SAMPLES_MAX) {
            throw new IllegalArgumentException(
                    "a reference of %d samples is out of range 1 to %d"
                            .formatted(referenceSamples, Reference.SAMPLES_MAX));
        }
    }

    /** With sound that is written as samples. */
    public SpeechWish(
            OptionalDouble chunkSeconds,
            SamplingWish sampling,
            Compat compat,
            EngineWish engine,
            int referenceSamples,
            Chunking chunking) {
        this(chunkSeconds, sampling, compat, engine, referenceSamples, chunking, 0);
    }

    /** Nothing fixed, and no text known. */
    public static SpeechWish open(int referenceSamples, int cores) {
        return new SpeechWish(
                OptionalDouble.empty(),
                SamplingWish.DEFAULT,
                Compat.NONE,
                EngineWish.open(cores),
                referenceSamples,
                Chunking.ofUnknownText(referenceSamples));
    }
}
