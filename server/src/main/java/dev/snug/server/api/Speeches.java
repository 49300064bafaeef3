package dev.snug.server.api;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** {@code POST /v1/speech}: a text as sound, sent while it is made. */
public final class Speeches {
    /** VietVoice-TTS's own, which the command line takes too. */
    static final long SEED = 9527;

    private static final double SPEED_MIN = 0.25;
    private static final double SPEED_MAX = 4;
    private static final int STEPS_MAX = 1000;

    /** A character takes at most 6 bytes as a JSON escape. */
    private static final int BYTES_OF_CHAR = 6;

    private static final int BYTES_BESIDE_TEXT = 4096;

    private final Answering answering;
    private final int textChars;

    /**
     * Speaks with {@code answering}.
     *
     * @param textChars most characters of a text
     */
    public Speeches(Answering answering, int textChars) {
        this.answering = answering;
        this.textChars = textChars;
    }

    /** Answers a call whose body is a JSON object. */
    public Reply post(Call call) throws IOException {
        byte[] body = call.body(textChars * BYTES_OF_CHAR + BYTES_BESIDE_TEXT);
        return reply(question(body));
    }

    /** The answer to a question that was checked. */
    public Reply reply(SpeechQuestion question) {
        return Reply.stream(question.format().type(), out -> speak(question, out));
    }

    private void speak(SpeechQuestion question, OutputStream out)
            throws IOException, InterruptedException {
        try {
            answering.speak(question, part -> write(part, out));
        } catch (AnswerException e) {
            throw Statuses.of(e);
        } catch (UncheckedIOException e) {
            // The client is gone; who waits on the socket wants to know it as such.
            throw e.getCause();
        }
    }

    private static void write(ByteBuffer part, OutputStream out) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpeechQuestion question(byte[] body) {
        try {
            return Fields.read(
                    Json.parseObject(body, "the body"),
                    "the body",
                    json -> question(json, json.text("text")));
        } catch (JsonException e) {
            throw HttpException.of(400, "bad_question", String.valueOf(e.getMessage()));
        }
    }

    /** The question of a JSON object whose text was read. */
    SpeechQuestion question(Fields json, String text) {
        return checked(
                text(json, "model"),
                text,
                text(json, "voice"),
                json.has("speed") ? json.number("speed") : 1,
                json.has("steps") ? (Long) json.whole("steps") : null,
                json.has("seed") ? json.whole("seed") : SEED,
                text(json, "format"));
    }

    /** Left out or null: the usual. */
    private static @Nullable String text(Fields json, String key) {
        return json.has(key) ? json.textOrNull(key) : null;
    }

    /**
     * A question within the server's limits.
     *
     * @throws HttpException 400 or 413 when it is not
     */
    public SpeechQuestion checked(
            @Nullable String model,
            String text,
            @Nullable String voice,
            double speed,
            @Nullable Long steps,
            long seed,
            @Nullable String format) {
        if (text.length() > textChars) {
            throw HttpException.of(
                            413,
                            "too_large",
                            "the text has %d characters; at most %d are spoken at once: send it in parts, or raise text-chars"
                                    .formatted(text.length(), textChars))
                    .about("text");
        }
        if (!(speed >= SPEED_MIN && speed <= SPEED_MAX)) {
            throw wrong("speed", "speed is 0.25 to 4");
        }
        if (steps != null && (steps < 1 || steps > STEPS_MAX)) {
            throw wrong("steps", "steps are 1 to " + STEPS_MAX);
        }
        Format sound =
                switch (format == null ? "wav" : format) {
                    case "wav" -> Format.WAV;
                    case "pcm" -> Format.PCM;
                    case "flac" -> Format.FLAC;
                    case "mp3" -> Format.MP3;
                    case "opus" -> Format.OPUS;
                    default -> throw wrong("format", "format is wav, flac, mp3, opus or pcm");
                };
        Integer count = steps == null ? null : Math.toIntExact(steps);
        return new SpeechQuestion(model, text, voice, speed, count, seed, sound);
    }

    private static HttpException wrong(String name, String words) {
        return HttpException.of(400, "bad_question", words).about(name);
    }
}
