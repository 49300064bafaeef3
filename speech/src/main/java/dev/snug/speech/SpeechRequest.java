package dev.snug.speech;

import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.aloud.SpokenText;

import org.jspecify.annotations.Nullable;

/**
 * What is to be spoken, in whose voice and how.
 *
 * @param passage the text, best {@link Passage#composed}
 * @param reader how written text is said; null where it goes to the model as it is written
 * @param noise of all chunks, but for the first where {@code firstNoise} is given
 * @param firstNoise of the first chunk; null for {@code noise}'s
 * @param crossFadeSamples overlap of two chunks at 24 kHz, 0 to {@link #CROSS_FADE_SAMPLES_MAX}
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
        int crossFadeSamples) {
    /** Five seconds; longer, and two sentences are heard at once. */
    public static final int CROSS_FADE_SAMPLES_MAX = 5 * Reference.SAMPLE_RATE;

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
                passage, voice, rules, cut, steps, reader, noise, firstNoise, crossFadeSamples);
    }
}
