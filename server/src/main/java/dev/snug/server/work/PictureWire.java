package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A picture question and its answer between front and worker: the question is a JSON object; the
 * answer is the length of a JSON object (4 bytes, big end first), the object, and a PNG to the end.
 */
final class PictureWire {
    private static final int CLASSES_MAX = 50_000;

    private PictureWire() {}

    /** {@code question} to {@code model}. */
    static byte[] encoded(PictureQuestion question, String model) {
        return Json.bytes(json(question, model));
    }

    static Map<String, @Nullable Object> json(PictureQuestion question, String model) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("file", question.file().toString());
        json.put("heatmap", word(question.heatMap()));
        Path overlay = question.overlayFile();
        json.put("overlay", overlay == null ? null : overlay.toString());
        json.put("class", question.explainedClass());
        json.put("colours", question.colours());
        json.put("sex", question.sex());
        json.put("location", question.location());
        if (question.ageYears() != null) {
            json.put("age", question.ageYears());
        }
        json.put("check", question.isChecked());
        return json;
    }

    static PictureQuestion question(byte[] body) {
        return question(Json.parseObject(body, "the question"), "");
    }

    static PictureQuestion question(Map<String, @Nullable Object> tree, String sha256) {
        return Fields.read(
                tree,
                "the question",
                json -> {
                    String overlay = json.textOrNull("overlay");
                    return new PictureQuestion(
                            json.text("model"),
                            Path.of(json.text("file")),
                            sha256,
                            json.choice("heatmap", HeatMapForm.class),
                            overlay == null ? null : Path.of(overlay),
                            json.textOrNull("class"),
                            json.text("colours"),
                            json.textOrNull("sex"),
                            json.textOrNull("location"),
                            json.has("age") ? (Double) json.number("age") : null,
                            json.flag("check"));
                });
    }

    static byte[] encoded(PictureAnswer answer) {
        return framed(json(answer), answer.heatMap().orElse(new byte[0]));
    }

    /** All but the PNG; {@code isKept} is not told, because only the front can know. */
    static byte[] json(PictureAnswer answer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", answer.model());
        List<Map<String, Object>> scores = new ArrayList<>();
        for (Score score : answer.scores()) {
            scores.add(Map.of("id", score.id(), "name", score.name(), "p", score.probability()));
        }
        json.put("scores", scores);
        json.put("nothing", answer.nothingStandsOut());
        json.put("concerns", answer.concerns().stream().map(PhotoConcern::name).toList());
        json.put(DecodedAt.KEY, answer.decodedAt().map(DecodedAt::json).orElse(null));
        json.put("seconds", answer.seconds());
        return Json.bytes(json);
    }

    /** A refusal in place of an answer. */
    static byte[] encoded(AnswerException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return framed(
                Json.bytes(Map.of("refused", word(refusal.kind()), "message", message)),
                new byte[0]);
    }

    /** As {@link Fields#choice} reads it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static byte[] framed(byte[] json, byte[] png) {
        return ByteBuffer.allocate(Integer.BYTES + json.length + png.length)
                .putInt(json.length)
                .put(json)
                .put(png)
                .array();
    }

    /**
     * Reads an answer.
     *
     * @throws AnswerException the refusal that came in its place
     */
    static PictureAnswer answer(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] head = new byte[Math.min(buffer.getInt(), buffer.remaining())];
        buffer.get(head);
        byte[] png = new byte[buffer.remaining()];
        buffer.get(png);
        Map<String, @Nullable Object> object = Json.parseObject(head, "a worker's answer");
        if (object.containsKey("refused")) {
            throw Fields.read(
                    object,
                    "a worker's refusal",
                    json ->
                            new AnswerException(
                                    json.choice("refused", AnswerException.Kind.class),
                                    json.text("message")));
        }
        return Fields.read(object, "a worker's answer", json -> answer(json, png));
    }

    /** An answer that was kept. */
    static PictureAnswer kept(byte[] json, byte @Nullable [] png) {
        PictureAnswer answer =
                Fields.read(
                        Json.parseObject(json, "a kept answer"),
                        "a kept answer",
                        fields -> answer(fields, png == null ? new byte[0] : png));
        return new PictureAnswer(
                answer.model(),
                answer.scores(),
                answer.heatMap(),
                answer.nothingStandsOut(),
                answer.concerns(),
                answer.decodedAt(),
                0,
                true);
    }

    private static PictureAnswer answer(Fields json, byte[] png) {
        return new PictureAnswer(
                json.text("model"),
                json.list("scores", CLASSES_MAX, PictureWire::score),
                png.length == 0 ? Optional.empty() : Optional.of(png),
                json.flag("nothing"),
                json.words("concerns", PhotoConcern.values().length).stream()
                        .map(PhotoConcern::valueOf)
                        .toList(),
                DecodedAt.of(json),
                json.number("seconds"),
                false);
    }

    private static Score score(Fields json) {
        return new Score(json.text("id"), json.text("name"), json.number("p"));
    }
}
