package dev.snug.speech;

import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.aloud.SpokenText;

import org.jspecify.annotations.Nullable;

import java.util.OptionalDouble;

/**
 * What is to be spoken, in whose voice and how.
 *
 * @param passage the text, best {@link Passage#composed}
 * @param reader how written text is said; null where it goes to the model as it is written
 * @param noise of all chunks, but for the first where {@code firstNoise} is given
 * @param firstNoise of the first chunk; null for {@code noise}'s
 * @param crossFadeSamples overlap of two chunks at 24 kHz, 0 to {@link #CROSS_FADE_SAMPLES_MAX}
 * @param firstChunkSeconds most seconds of the first chunk, the reference not included, where the
 *     first sound is to come early
 */
public record SpeechRequest(
        Passage passage,
        VoiceSample voice,
        Rules rules,
        Pace pace,
        SamplingWish sampling,
        @Nullable SpokenText reader,
        NoiseSource noise,
        @Nullable GivenNoise firstNoise,
        int crossFadeSamples,
        OptionalDouble firstChunkSeconds) {
    /** Five seconds; longer, and two sentences are heard at once. */
    public static final int CROSS_FADE_SAMPLES_MAX = 5 * Reference.SAMPLE_RATE;

    /** Seconds; a word or two, and what is shorter is gabbled. */
    public static final double FIRST_CHUNK_SECONDS_MIN = 0.5;

    public SpeechRequest {
        if (reader != null && rules.compat() != Compat.NONE) {
            throw new IllegalArgumentException(
                    "--compat has text rules of its own, which read no numbers or marks; leave out"
                            + " --compat, or the options of reading");
        }
        if (crossFadeSamples < 0 || crossFadeSamples > CROSS_FADE_SAMPLES_MAX) {
            throw new IllegalArgumentException(
                    "a cross-fade of %.2f s is out of range 0 to %d"
                            .formatted(
                                    crossFadeSamples / (double) Reference.SAMPLE_RATE,
                                    CROSS_FADE_SAMPLES_MAX / Reference.SAMPLE_RATE));
        }
        // Written so that NaN fails too.
        double first = firstChunkSeconds.orElse(Pace.SECONDS_MAX);
        if (!(first >= FIRST_CHUNK_SECONDS_MIN && first <= Pace.SECONDS_MAX)) {
            throw new TextException(
                    "first-chunk %s is out of range %s to %s s"
                            .formatted(first, FIRST_CHUNK_SECONDS_MIN, Pace.SECONDS_MAX));
        }
    }

    /** All chunks as long as they come. */
    public SpeechRequest(
            Passage passage,
            VoiceSample voice,
            Rules rules,
            Pace pace,
            SamplingWish sampling,
            @Nullable SpokenText reader,
            NoiseSource noise,
            @Nullable GivenNoise firstNoise,
            int crossFadeSamples) {
        this(
                passage,
                voice,
                rules,
                pace,
                sampling,
                reader,
                noise,
                firstNoise,
                crossFadeSamples,
                OptionalDouble.empty());
    }

    /** {@code passage} in {@code voice} with nothing but the rules' defaults. */
    public static SpeechRequest plain(
            Passage passage, VoiceSample voice, Rules rules, NoiseSource noise) {
        return new SpeechRequest(
                passage,
                voice,
                rules,
                rules.pace(),
                SamplingWish.DEFAULT,
                null,
                noise,
                null,
                rules.crossFadeSamples());
    }

    /** The same text in chunks of at most so many seconds, from noise by {@code steps}. */
    public SpeechRequest with(double chunkSeconds, SamplingWish steps) {
        Pace cut = new Pace(pace.speed(), chunkSeconds, pace.minSeconds(), pace.fixedSeconds());
        return new SpeechRequest(
                passage,
                voice,
                rules,
                cut,
                steps,
                reader,
                noise,
                firstNoise,
                crossFadeSamples,
                firstChunkSeconds);
    }

    /**
     * Another part of the same text, which begins behind {@code chunksBefore} chunks and so goes on
     * with their noise; 0 for the first part.
     */
    public SpeechRequest part(Passage other, int chunksBefore) {
        boolean isFirst = chunksBefore == 0;
        return new SpeechRequest(
                other,
                voice,
                rules,
                pace,
                sampling,
                reader,
                (chunk, count) -> noise.values(chunksBefore + chunk, count),
                isFirst ? firstNoise : null,
                crossFadeSamples,
                isFirst ? firstChunkSeconds : OptionalDouble.empty());
    }
}
