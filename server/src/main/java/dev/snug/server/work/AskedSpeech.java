package dev.snug.server.work;

import dev.snug.server.answer.SpeechQuestion;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.plan.UsualSpeech;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;

/** A question as {@code snug speak} would ask it. */
final class AskedSpeech {
    private AskedSpeech() {}

    static SpeechRequest request(SpeechModel model, SpeechQuestion question) throws IOException {
        return request(model, question, Passage.composed(question.text()), true);
    }

    /** For {@code text} in place of the question's own. */
    static SpeechRequest request(
            SpeechModel model, SpeechQuestion question, Passage text, boolean isMarked)
            throws IOException {
        String named = question.voice();
        ListedVoice listed =
                named == null
                        ? model.voices().chosen(Traits.NONE, question.seed())
                        : model.voices().find(named);
        Integer steps = question.steps();
        return UsualSpeech.request(
                model,
                UsualSpeech.sample(listed),
                text,
                question.speed(),
                steps == null ? SamplingWish.DEFAULT : SamplingWish.DEFAULT.withSteps(steps),
                question.seed(),
                isMarked);
    }
}
