package dev.snug.server.api;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.http.Call;
import dev.snug.server.http.ClientFileName;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.http.Uploads;
import dev.snug.server.http.UploadsLimits;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestion.Document;
import dev.snug.server.job.JobQuestion.Picture;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Accepted;
import dev.snug.server.job.Line;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Makes orders of calls, and has them taken in; what the front can see to be wrong is refused. */
final class JobOrders {
    /** Most characters of a text within JSON; a longer one is a document. */
    static final int TEXT_CHARS_MAX = 100_000;

    /** A character takes at most 6 bytes as a JSON escape. */
    private static final int JSON_BYTES_MAX = TEXT_CHARS_MAX * 6 + 8192;

    private static final String USUAL_NAME = "speech";

    private final JobStore store;
    private final Jobs.Here here;
    private final Speeches speeches;

    JobOrders(JobStore store, Jobs.Here here) {
        this.store = store;
        this.here = here;
        this.speeches = new Speeches(here.answering(), TEXT_CHARS_MAX);
    }

    /** Takes in what this call orders. */
    Accepted take(Call call) throws IOException {
        String line = call.header("Content-Type").orElse("");
        int end = line.indexOf(';');
        String type = (end < 0 ? line : line.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json" -> text(call);
            case "text/plain" -> document(call, type, Document.Kind.TEXT);
            case "text/markdown" -> document(call, type, Document.Kind.MARKDOWN);
            case "application/epub+zip" -> document(call, type, Document.Kind.EPUB);
            case "multipart/form-data" -> pictures(call);
            default ->
                    throw HttpException.of(
                            415,
                            "unsupported_type",
                            "Content-Type must be application/json, text/plain, text/markdown,"
                                    + " application/epub+zip or multipart/form-data");
        };
    }

    private Accepted text(Call call) throws IOException {
        byte[] body = call.body(JSON_BYTES_MAX);
        record Asked(String text, @Nullable String name, SpeechQuestion speech) {}
        Asked asked;
        try {
            asked =
                    Fields.read(
                            Json.parseObject(body, "the body"),
                            "the body",
                            json -> {
                                String text = json.text("text");
                                return new Asked(
                                        text,
                                        json.has("name") ? json.textOrNull("name") : null,
                                        speeches.question(json, text));
                            });
        } catch (JsonException e) {
            throw HttpException.of(400, "bad_question", String.valueOf(e.getMessage()));
        }
        if (asked.text().isBlank()) {
            throw wrong("text", "the text has nothing to speak");
        }
        Path file = Files.createTempFile(here.scratch(), "text-", "");
        try {
            byte[] text = asked.text().getBytes(StandardCharsets.UTF_8);
            Files.write(file, text);
            String sha256 = HexFormat.of().formatHex(sha256().digest(text));
            return order(
                    call,
                    spoken(Document.Kind.TEXT, asked.name(), asked.speech()),
                    Kind.SPEECH,
                    asked.speech().model(),
                    List.of(file),
                    List.of(sha256));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Accepted document(Call call, String type, Document.Kind kind) throws IOException {
        SpeechQuestion speech =
                speeches.checked(
                        call.query("model").orElse(null),
                        "",
                        call.query("voice").orElse(null),
                        call.query("speed").map(each -> number("speed", each)).orElse(1.0),
                        call.query("steps").map(each -> whole("steps", each)).orElse(null),
                        call.query("seed").map(each -> whole("seed", each)).orElse(Speeches.SEED),
                        call.query("format").orElse(null));
        UploadLimits limits = new UploadLimits("document", here.jobBytes(), type, true);
        try (Upload upload = call.upload(limits)) {
            return order(
                    call,
                    spoken(kind, call.query("name").orElse(null), speech),
                    Kind.SPEECH,
                    speech.model(),
                    List.of(upload.file()),
                    List.of(upload.sha256()));
        }
    }

    /** Without the text, which is the file. */
    private static Document spoken(
            Document.Kind kind, @Nullable String name, SpeechQuestion speech) {
        String plain = ClientFileName.of(Objects.requireNonNullElse(name, ""));
        return new Document(
                kind,
                plain.isEmpty() ? USUAL_NAME : plain,
                new SpeechQuestion(
                        speech.model(),
                        "",
                        speech.voice(),
                        speech.speed(),
                        speech.steps(),
                        speech.seed(),
                        speech.format()));
    }

    private Accepted pictures(Call call) throws IOException {
        UploadsLimits limits =
                new UploadsLimits(
                        Classifications.FIELD,
                        JobOrder.ITEMS_MAX,
                        here.pictureBytes(),
                        here.jobBytes());
        try (Uploads uploads = call.uploads(limits)) {
            PictureFields fields = new PictureFields(call, uploads.fields());
            HeatMapForm form = fields.form();
            if (form == HeatMapForm.OVERLAY) {
                throw wrong("heatmap", "the heat maps of a batch are layers");
            }
            if (form == HeatMapForm.LAYER && !here.hasHeatMaps()) {
                throw HttpException.of(
                                409, "heatmap_off", "heat maps are switched off on this server")
                        .about("explain");
            }
            JobQuestion.Pictures asked =
                    new JobQuestion.Pictures(
                            uploads.files().stream()
                                    .map(file -> new Picture(file.name(), file.sha256()))
                                    .toList(),
                            form,
                            fields.text("class"),
                            fields.word("colors", "viridis", "jet"),
                            fields.text("sex"),
                            fields.text("location"),
                            fields.number("age"),
                            fields.flag("check"));
            return order(
                    call,
                    asked,
                    Kind.PICTURES,
                    fields.text("model"),
                    uploads.files().stream().map(Upload::file).toList(),
                    List.of());
        }
    }

    private Accepted order(
            Call call,
            JobQuestion question,
            Kind kind,
            @Nullable String model,
            List<Path> files,
            List<String> checksums)
            throws IOException {
        Line line = here.lines().line(kind, model);
        check(question, line.model());
        byte[] json = JobQuestions.bytes(question);
        return store.submit(
                new JobOrder(
                        Jobs.account(call), line, files.size(), json, key(call, json, checksums)),
                files);
    }

    /** What of a question the front can see to be wrong. */
    private void check(JobQuestion question, String model) {
        ModelCard card =
                here.answering().models().stream()
                        .filter(each -> each.name().equals(model))
                        .findFirst()
                        .orElseThrow();
        switch (question) {
            case JobQuestion.Document document -> {
                String voice = document.speech().voice();
                if (voice != null && !card.voices().contains(voice)) {
                    throw wrong("voice", "%s has no voice %s".formatted(model, voice));
                }
            }
            case JobQuestion.Pictures pictures -> {
                String wanted = pictures.explainedClass();
                if (wanted != null
                        && card.classes().stream().noneMatch(each -> each.id().equals(wanted))) {
                    throw wrong("class", "%s has no class %s".formatted(model, wanted));
                }
            }
        }
    }

    private static Optional<IdempotencyKey> key(
            Call call, byte[] question, List<String> checksums) {
        String text = call.header("Idempotency-Key").orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        if (text.isBlank() || text.length() > IdempotencyKey.CHARS_MAX) {
            throw wrong(
                    "Idempotency-Key",
                    "an Idempotency-Key has 1 to %d characters"
                            .formatted(IdempotencyKey.CHARS_MAX));
        }
        MessageDigest digest = sha256();
        digest.update(question);
        for (String checksum : checksums) {
            digest.update(checksum.getBytes(StandardCharsets.US_ASCII));
        }
        return Optional.of(new IdempotencyKey(text, HexFormat.of().formatHex(digest.digest())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(name, name + " is a number, such as 1.1");
        }
    }

    private static Long whole(String name, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(name, name + " is a whole number");
        }
    }

    private static HttpException wrong(String name, String words) {
        return HttpException.of(400, "bad_question", words).about(name);
    }
}
