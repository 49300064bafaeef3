package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.ReportWish;
import dev.snug.vision.report.ReportLanguage;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is asked for a report, from front to worker: a JSON object around that of the question. */
record ReportWire(PictureQuestion question, ReportWish wish) {
    private static final String WHERE = "the request for a report";

    static byte[] encoded(PictureQuestion question, String model, ReportWish wish) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("question", PictureWire.json(question, model));
        json.put("sha256", question.sha256());
        json.put("report", wish.file().toString());
        json.put("language", wish.language().tag());
        json.put("made", wish.made().toEpochMilli());
        json.put("name", wish.fileName());
        return Json.bytes(json);
    }

    static ReportWire of(byte[] body) {
        return Fields.read(
                Json.parseObject(body, WHERE),
                WHERE,
                json ->
                        new ReportWire(
                                PictureWire.question(json.tree("question"), json.text("sha256")),
                                new ReportWish(
                                        Path.of(json.text("report")),
                                        json.choice("language", ReportLanguage.class),
                                        Instant.ofEpochMilli(json.whole("made")),
                                        json.textOrNull("name"))));
    }
}
