package dev.snug.server.job;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.job.JobQuestion.Document;
import dev.snug.server.job.JobQuestion.Picture;
import dev.snug.server.job.JobQuestion.Pictures;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Questions of jobs as JSON, as stores keep them. */
public final class JobQuestions {
    private static final String WHERE = "the question";

    /** Names and checksums of a whole batch, and what is asked of it. */
    private static final JsonLimits LIMITS =
            new JsonLimits(JobOrder.QUESTION_BYTES_MAX, 3 * JobOrder.ITEMS_MAX + 64, 8, 4096);

    private JobQuestions() {}

    /** As JSON, at most {@link JobOrder#QUESTION_BYTES_MAX} with names as long as they may be. */
    public static byte[] bytes(JobQuestion question) {
        return switch (question) {
            case Pictures pictures -> Json.bytes(json(pictures));
            case Document document -> Json.bytes(json(document));
        };
    }

    /**
     * The question of these bytes.
     *
     * @throws JsonException when they are none, such as those of a later Snug
     */
    public static JobQuestion read(byte[] bytes) {
        return Fields.read(
                Json.parseObject(bytes, WHERE, LIMITS),
                WHERE,
                json -> json.has("document") ? document(json) : pictures(json));
    }

    private static Map<String, @Nullable Object> json(Pictures question) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        // A line each: a batch has a thousand.
        json.put("names", question.pictures().stream().map(Picture::name).toList());
        json.put("sha256", question.pictures().stream().map(Picture::sha256).toList());
        json.put("heatmap", word(question.heatMap()));
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

    private static Pictures pictures(Fields json) {
        List<String> names = json.words("names", JobOrder.ITEMS_MAX);
        List<String> checksums = json.words("sha256", JobOrder.ITEMS_MAX);
        if (names.size() != checksums.size()) {
            throw new JsonException(
                    "%s names %d pictures and has %d checksums"
                            .formatted(WHERE, names.size(), checksums.size()));
        }
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            pictures.add(new Picture(names.get(i), checksums.get(i)));
        }
        return new Pictures(
                pictures,
                json.choice("heatmap", HeatMapForm.class),
                json.textOrNull("class"),
                json.text("colours"),
                json.textOrNull("sex"),
                json.textOrNull("location"),
                json.has("age") ? (Double) json.number("age") : null,
                json.flag("check"));
    }

    private static Map<String, @Nullable Object> json(Document question) {
        SpeechQuestion speech = question.speech();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("document", word(question.document()));
        json.put("name", question.name());
        json.put("model", speech.model());
        json.put("voice", speech.voice());
        json.put("speed", speech.speed());
        if (speech.steps() != null) {
            json.put("steps", speech.steps());
        }
        json.put("seed", speech.seed());
        json.put("format", word(speech.format()));
        return json;
    }

    private static Document document(Fields json) {
        return new Document(
                json.choice("document", Document.Kind.class),
                json.text("name"),
                new SpeechQuestion(
                        json.textOrNull("model"),
                        "",
                        json.textOrNull("voice"),
                        json.number("speed"),
                        json.has("steps") ? (Integer) Math.toIntExact(json.whole("steps")) : null,
                        json.whole("seed"),
                        json.choice("format", SpeechQuestion.Format.class)));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
