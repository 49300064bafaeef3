package dev.snug.speech.plan;

import dev.snug.speech.Compat;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.aloud.SpokenText;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;

/**
 * Speech as {@code snug speak} makes it where nothing is said: equal words, voice and seed are
 * equal sound.
 */
public final class UsualSpeech {
    private UsualSpeech() {}

    /** The recording and words of {@code voice}. */
    public static VoiceSample sample(ListedVoice voice) throws IOException {
        return new VoiceSample(
                voice.name(),
                ReferenceAudio.of(voice),
                Passage.composed(voice.voice().text().text()));
    }

    /**
     * The request.
     *
     * @param speed 1 for the voice's own
     */
    public static SpeechRequest request(
            SpeechModel model,
            VoiceSample voice,
            String text,
            double speed,
            SamplingWish sampling,
            long seed)
            throws IOException {
        return request(model, voice, Passage.composed(text), speed, sampling, seed, true);
    }

    /**
     * The same for a text or the first part of a book.
     *
     * @param isMarked whether brackets are the writer's marks; in a book that was not written to be
     *     read aloud they are not
     */
    public static SpeechRequest request(
            SpeechModel model,
            VoiceSample voice,
            Passage text,
            double speed,
            SamplingWish sampling,
            long seed,
            boolean isMarked)
            throws IOException {
        Rules rules = Rules.of(Compat.NONE, model.settings().family());
        Pace usual = rules.pace();
        boolean isRead = model.settings().family() != Family.F5 || voice.text().isVietnamese();
        return new SpeechRequest(
                text,
                voice,
                rules,
                new Pace(speed, usual.chunkSeconds(), usual.minSeconds(), usual.fixedSeconds()),
                sampling,
                isRead ? SpokenText.usual(isMarked) : null,
                new Noise(seed)::values,
                null,
                rules.crossFadeSamples());
    }
}
