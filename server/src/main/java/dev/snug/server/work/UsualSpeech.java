package dev.snug.server.work;

import dev.snug.server.answer.SpeechQuestion;
import dev.snug.speech.Compat;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.aloud.SpokenText;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;

/** A question as {@code snug speak} would ask it: equal words, voice and seed are equal sound. */
final class UsualSpeech {
    private UsualSpeech() {}

    static SpeechRequest request(SpeechModel model, SpeechQuestion question) throws IOException {
        Rules rules = Rules.of(Compat.NONE, model.settings().family());
        String named = question.voice();
        ListedVoice listed =
                named == null
                        ? model.voices().chosen(Traits.NONE, question.seed())
                        : model.voices().find(named);
        Passage said = Passage.composed(listed.voice().text().text());
        VoiceSample voice = new VoiceSample(listed.name(), ReferenceAudio.of(listed), said);
        Pace usual = rules.pace();
        Integer steps = question.steps();
        return new SpeechRequest(
                Passage.composed(question.text()),
                voice,
                rules,
                new Pace(
                        question.speed(),
                        usual.chunkSeconds(),
                        usual.minSeconds(),
                        usual.fixedSeconds()),
                steps == null ? SamplingWish.DEFAULT : SamplingWish.DEFAULT.withSteps(steps),
                isRead(model, said) ? SpokenText.usual() : null,
                new Noise(question.seed())::values,
                null,
                rules.crossFadeSamples());
    }

    private static boolean isRead(SpeechModel model, Passage said) {
        return model.settings().family() != Family.F5 || said.isVietnamese();
    }
}
