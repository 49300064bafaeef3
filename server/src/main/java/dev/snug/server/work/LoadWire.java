package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** "Load this model" and what became of it, between front and worker: a JSON object each. */
final class LoadWire {
    /** The request's name, whatever the worker does. */
    static final String LOAD = "load";

    /** Bytes; a refusal is some lines. */
    static final int ANSWER_BYTES_MAX = 64 << 10;

    private static final String WHERE = "a worker's word on a model";

    private LoadWire() {}

    static byte[] encoded(String model) {
        return Json.bytes(Map.of("model", model));
    }

    static String model(byte[] body) {
        return Fields.read(
                Json.parseObject(body, "the question"), "the question", json -> json.text("model"));
    }

    /** It is loaded, or {@code refusal} says why not. */
    static byte[] encoded(@Nullable AnswerException refusal) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("refused", refusal == null ? null : PictureWire.word(refusal.kind()));
        json.put("message", refusal == null ? null : String.valueOf(refusal.getMessage()));
        return Json.bytes(json);
    }

    /**
     * Reads a worker's word.
     *
     * @throws AnswerException the refusal that it is
     */
    static void check(byte[] answer) {
        Map<String, @Nullable Object> object = Json.parseObject(answer, WHERE);
        if (object.get("refused") != null) {
            throw Fields.read(
                    object,
                    WHERE,
                    json ->
                            new AnswerException(
                                    json.choice("refused", AnswerException.Kind.class),
                                    json.text("message")));
        }
    }
}
