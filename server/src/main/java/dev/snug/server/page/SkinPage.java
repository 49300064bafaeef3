package dev.snug.server.page;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.page.Frame.Place;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.report.ReportLanguage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page that takes pictures of skin, and the answer to its form where no script runs. */
final class SkinPage {
    private final Answering answering;
    private final OverlayLinks overlays;
    private final Reports reports;
    private final PageSettings settings;
    private final Frame frame;

    SkinPage(
            Answering answering,
            OverlayLinks overlays,
            Reports reports,
            PageSettings settings,
            Frame frame) {
        this.answering = answering;
        this.overlays = overlays;
        this.reports = reports;
        this.settings = settings;
        this.frame = frame;
    }

    /** Answers {@code GET /}. */
    Reply show(Call call) {
        return frame.page(call, 200, Place.SKIN, "skin", form(call, call.query("model")));
    }

    /** Answers {@code POST /skin}: the form as a browser without scripts sends it. */
    Reply answer(Call call) throws IOException, InterruptedException {
        try (Upload upload = upload(call)) {
            OverlayLinks.Place place = isMapWished(upload) ? overlays.place() : null;
            PictureAnswer answer;
            try {
                HeatMapForm form = place == null ? HeatMapForm.NONE : HeatMapForm.OVERLAY;
                answer =
                        answering.classify(
                                question(upload, form, place == null ? null : place.file()));
            } catch (AnswerException e) {
                overlays.drop(place);
                return refused(call, Statuses.of(e), upload.fields());
            } catch (InterruptedException | RuntimeException e) {
                overlays.drop(place);
                throw e;
            }
            return new SkinResult(frame, call, answer, overlays.link(place)).reply();
        }
    }

    /** Answers {@code POST /skin/report}: the same form, a page of PDF. */
    Reply report(Call call) throws IOException, InterruptedException {
        try (Upload upload = upload(call)) {
            HeatMapForm form = isMapWished(upload) ? HeatMapForm.LAYER : HeatMapForm.NONE;
            ReportLanguage language =
                    switch (Language.of(call)) {
                        case EN -> ReportLanguage.EN;
                        case VI -> ReportLanguage.VI;
                    };
            try {
                return reports.reply(question(upload, form, null), language, null);
            } catch (AnswerException e) {
                return refused(call, Statuses.of(e), upload.fields());
            }
        }
    }

    private Upload upload(Call call) throws IOException {
        return call.upload(new UploadLimits("picture", settings.pictureBytes(), "image/"));
    }

    private boolean isMapWished(Upload upload) {
        return upload.fields().containsKey("heatmap") && settings.heatMaps() != HeatMaps.OFF;
    }

    private Reply refused(Call call, HttpException e, Map<String, String> fields) {
        Map<String, Object> values = form(call, Optional.ofNullable(Forms.text(fields, "model")));
        Messages messages = Messages.of(Language.of(call));
        values.put("error", Refusals.words(messages, e));
        values.put("error_details", details(messages, e));
        values.put("may_go_on", e.code().equals("photo_refused"));
        Reply reply = frame.page(call, e.status(), Place.SKIN, "skin", values);
        return e.retryAfter() == null
                ? reply
                : reply.with("Retry-After", String.valueOf(e.retryAfter().toSeconds()));
    }

    /** Why a photo was refused, in the page's language; else what was said. */
    private static List<String> details(Messages messages, HttpException e) {
        List<String> details = new ArrayList<>();
        if (e.code().equals("photo_refused")) {
            String said = e.words().replace(' ', '_');
            for (PhotoConcern concern : PhotoConcern.values()) {
                if (said.contains(concern.word())) {
                    details.add(messages.text("js_skin_concern_" + concern.word()));
                }
            }
        }
        return details.isEmpty() ? List.of(e.words()) : details;
    }

    private static PictureQuestion question(
            Upload upload, HeatMapForm form, @Nullable Path overlay) {
        Map<String, String> fields = upload.fields();
        return new PictureQuestion(
                Forms.text(fields, "model"),
                upload.file(),
                upload.sha256(),
                form,
                overlay,
                Forms.text(fields, "class"),
                "viridis",
                Forms.text(fields, "sex"),
                Forms.text(fields, "location"),
                Forms.number(fields, "age"),
                !fields.containsKey("anyway"));
    }

    private Map<String, Object> form(Call call, Optional<String> asked) {
        Messages messages = Messages.of(Language.of(call));
        List<ModelCard> cards = cards(answering.models(), ModelCard.Kind.PICTURES);
        Map<String, Object> values = new HashMap<>();
        values.put("error", "");
        values.put("error_details", List.of());
        values.put("may_go_on", false);
        values.put("has_model", !cards.isEmpty());
        values.put("picture_limit", messages.bytes(settings.pictureBytes()));
        values.put("picture_bytes", settings.pictureBytes());
        if (cards.isEmpty()) {
            return values;
        }
        ModelCard card = chosen(cards, asked);
        values.put("model", card.name());
        values.put("others", others(cards, card, "/"));
        values.put("has_maps", card.hasHeatMaps() && settings.heatMaps() != HeatMaps.OFF);
        values.put(
                "why_no_maps", messages.text(card.hasHeatMaps() ? "skin_map_off" : "skin_no_map"));
        values.put("class_names", classNames(messages, card));
        values.put("asks_patient", !card.fields().isEmpty());
        List<Map<String, Object>> choices = new ArrayList<>();
        values.put("asks_age", false);
        for (ModelCard.Field field : card.fields()) {
            if (field.words().isEmpty()) {
                values.put("asks_age", true);
            } else {
                choices.add(choice(messages, field));
            }
        }
        values.put("choices", choices);
        return values;
    }

    private static Map<String, Object> choice(Messages messages, ModelCard.Field field) {
        List<Map<String, Object>> words = new ArrayList<>();
        for (String word : field.words()) {
            // leaving the field empty says the same
            if (!word.equals("unknown")) {
                words.add(Map.of("word", word, "label", Names.ofWord(messages, word)));
            }
        }
        return Map.of(
                "name", field.name(),
                "label", messages.find("skin_" + field.name()).orElse(field.name()),
                "words", words);
    }

    /** Ids of classes to their names in the page's language, as JSON for the script. */
    private static String classNames(Messages messages, ModelCard card) {
        Map<String, @Nullable Object> names = new HashMap<>();
        for (ModelCard.Named each : card.classes()) {
            names.put(each.id(), Names.ofClass(messages, each.id(), each.name()));
        }
        return new String(Json.bytes(names), StandardCharsets.UTF_8);
    }

    /** The models of one kind. */
    static List<ModelCard> cards(List<ModelCard> all, ModelCard.Kind kind) {
        List<ModelCard> found = new ArrayList<>();
        for (ModelCard card : all) {
            if (card.kind() == kind) {
                found.add(card);
            }
        }
        return found;
    }

    /** The model of this name, or the default one. */
    static ModelCard chosen(List<ModelCard> cards, Optional<String> name) {
        for (ModelCard card : cards) {
            if (name.filter(card.name()::equals).isPresent()) {
                return card;
            }
        }
        return cards.getFirst();
    }

    /** Links to a page with another model. */
    static List<Map<String, Object>> others(List<ModelCard> cards, ModelCard chosen, String path) {
        List<Map<String, Object>> links = new ArrayList<>();
        for (ModelCard card : cards) {
            if (!card.name().equals(chosen.name())) {
                String value = java.net.URLEncoder.encode(card.name(), StandardCharsets.UTF_8);
                links.add(Map.of("name", card.name(), "href", path + "?model=" + value));
            }
        }
        return links;
    }
}
