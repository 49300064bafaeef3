package dev.snug.server.page;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page that speaks, and the sound that its form gives where no script runs. */
final class SpeakPage {
    private final Answering answering;
    private final PageSettings settings;
    private final Frame frame;

    SpeakPage(Answering answering, PageSettings settings, Frame frame) {
        this.answering = answering;
        this.settings = settings;
        this.frame = frame;
    }

    /** Answers {@code GET /speak}. */
    Reply show(Call call) {
        Messages messages = Messages.of(Language.of(call));
        List<ModelCard> cards = SkinPage.cards(answering.models(), ModelCard.Kind.SPEECH);
        Map<String, Object> values = new HashMap<>();
        values.put("has_model", !cards.isEmpty());
        if (!cards.isEmpty()) {
            ModelCard card = SkinPage.chosen(cards, call.query("model"));
            List<Map<String, Object>> voices = new ArrayList<>();
            for (String voice : card.voices()) {
                voices.add(Map.of("name", voice, "label", Names.ofVoice(messages, voice)));
            }
            values.put("model", card.name());
            values.put("others", SkinPage.others(cards, card, "/speak"));
            values.put("voices", voices);
            values.put("has_voices", !voices.isEmpty());
            values.put("text_limit", settings.textChars());
        }
        return frame.page(call, 200, Place.SPEAK, "speak", values);
    }

    /** Answers {@code POST /speak}: the form as a browser without scripts sends it. */
    Reply answer(Call call) throws IOException {
        SpeechQuestion question = question(call.form());
        return Reply.stream("audio/wav", out -> speak(question, out))
                .with("Content-Disposition", "inline; filename=\"speech.wav\"");
    }

    private SpeechQuestion question(Map<String, String> fields) {
        String text = Forms.text(fields, "text");
        if (text == null) {
            throw HttpException.of(400, "no_text", "there is no text to speak").about("text");
        }
        if (text.length() > settings.textChars()) {
            throw HttpException.of(
                            413,
                            "text_too_long",
                            "the text has "
                                    + text.length()
                                    + " characters; "
                                    + settings.textChars()
                                    + " are allowed")
                    .about("text");
        }
        Double speed = Forms.number(fields, "speed");
        Double steps = Forms.number(fields, "steps");
        Double seed = Forms.number(fields, "seed");
        return new SpeechQuestion(
                Forms.text(fields, "model"),
                text,
                Forms.text(fields, "voice"),
                speed == null ? 1 : speed,
                steps == null ? null : steps.intValue(),
                seed == null ? 0 : seed.longValue(),
                SpeechQuestion.Format.WAV);
    }

    private void speak(SpeechQuestion question, OutputStream out)
            throws IOException, InterruptedException {
        try {
            answering.speak(question, part -> write(part, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    private static void write(ByteBuffer part, OutputStream out) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
