package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A speech question and its answer between front and worker: the question is a JSON object; the
 * answer's first byte says whether sound follows, or the card of a voice, or a refusal as JSON.
 */
public final class SpeechWire {
    static final byte SOUND = 'S';
    static final byte VOICE = 'V';
    static final byte REFUSED = 'R';

    private SpeechWire() {}

    /** {@code question} to {@code model}. */
    static byte[] encoded(SpeechQuestion question, String model) {
        Map<String, @Nullable Object> json = json(question);
        json.put("model", model);
        return Json.bytes(json);
    }

    /** The body of the API's {@code POST /v1/speech}. */
    public static Map<String, @Nullable Object> json(SpeechQuestion question) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", question.model());
        json.put("text", question.text());
        json.put("voice", question.voice());
        json.put("speed", question.speed());
        if (question.steps() != null) {
            json.put("steps", question.steps());
        }
        json.put("seed", question.seed());
        json.put("format", PictureWire.word(question.format()));
        return json;
    }

    static SpeechQuestion question(byte[] body) {
        return Fields.read(
                Json.parseObject(body, "the question"),
                "the question",
                json ->
                        new SpeechQuestion(
                                json.text("model"),
                                json.text("text"),
                                json.textOrNull("voice"),
                                json.number("speed"),
                                json.has("steps")
                                        ? (Integer) Math.toIntExact(json.whole("steps"))
                                        : null,
                                json.whole("seed"),
                                json.choice("format", SpeechQuestion.Format.class)));
    }

    /** A refusal in place of sound. */
    static byte[] encoded(AnswerException refusal) {
        byte[] json =
                Json.bytes(
                        Map.of(
                                "refused",
                                PictureWire.word(refusal.kind()),
                                "message",
                                String.valueOf(refusal.getMessage())));
        return ByteBuffer.allocate(1 + json.length).put(REFUSED).put(json).array();
    }

    /** Passes sound on, and throws the refusal that came in its place. */
    static final class Reader {
        private final SoundParts sink;
        private boolean isSound;

        Reader(SoundParts sink) {
            this.sink = sink;
        }

        void accept(ByteBuffer part) {
            if (!isSound) {
                if (part.get() == REFUSED) {
                    byte[] json = new byte[part.remaining()];
                    part.get(json);
                    throw refusal(json);
                }
                isSound = true;
            }
            if (part.hasRemaining()) {
                sink.accept(part);
            }
        }

        private static AnswerException refusal(byte[] bytes) {
            return Fields.read(
                    Json.parseObject(bytes, "a worker's refusal"),
                    "a worker's refusal",
                    json ->
                            new AnswerException(
                                    json.choice("refused", AnswerException.Kind.class),
                                    json.text("message")));
        }
    }
}
