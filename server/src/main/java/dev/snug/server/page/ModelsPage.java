package dev.snug.server.page;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page of models: what each is, and how it would run under this server's limit. */
final class ModelsPage {
    /** Colours that the style sheet has for parts; more parts begin again. */
    private static final int COLOURS = 8;

    private final Answering answering;
    private final Frame frame;

    ModelsPage(Answering answering, Frame frame) {
        this.answering = answering;
        this.frame = frame;
    }

    /** Answers {@code GET /models}. */
    Reply show(Call call) throws InterruptedException {
        Messages messages = Messages.of(Language.of(call));
        List<Map<String, Object>> models = new ArrayList<>();
        for (ModelCard card : answering.models()) {
            Map<String, Object> values = card(messages, card);
            try {
                values.putAll(plan(messages, answering.plan(card.name())));
                values.put("plan_error", "");
            } catch (AnswerException e) {
                values.put("plan_error", Statuses.of(e).words());
            }
            models.add(values);
        }
        return frame.page(
                call,
                200,
                Place.MODELS,
                "models",
                Map.of("models", models, "has_models", !models.isEmpty()));
    }

    private static Map<String, Object> card(Messages messages, ModelCard card) {
        boolean isPictures = card.kind() == ModelCard.Kind.PICTURES;
        List<String> holds = new ArrayList<>();
        for (ModelCard.Named each : card.classes()) {
            holds.add(Names.ofClass(messages, each.id(), each.name()));
        }
        for (String voice : card.voices()) {
            holds.add(Names.ofVoice(messages, voice));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("name", card.name());
        values.put("kind", messages.text(isPictures ? "models_pictures" : "models_speech"));
        values.put("is_default", card.isDefault());
        values.put("licence", card.licence());
        values.put("size", messages.bytes(card.bytes()));
        values.put("holds_label", messages.text(isPictures ? "models_classes" : "models_voices"));
        values.put("holds", holds);
        values.put("is_pictures", isPictures);
        values.put("has_maps", card.hasHeatMaps());
        return values;
    }

    private static Map<String, Object> plan(Messages messages, PlanCard plan) {
        long sum = 0;
        for (long bytes : plan.parts().values()) {
            sum += bytes;
        }
        long whole = Math.max(1, Math.max(sum, plan.limitBytes()));
        List<Map<String, Object>> parts = new ArrayList<>();
        double at = 0;
        for (Map.Entry<String, Long> part : plan.parts().entrySet()) {
            double width = 100.0 * part.getValue() / whole;
            parts.add(
                    Map.of(
                            "name",
                            Names.ofPart(messages, part.getKey()),
                            "size",
                            messages.bytes(part.getValue()),
                            "colour",
                            parts.size() % COLOURS,
                            "x",
                            at,
                            "width",
                            width));
            at += width;
        }
        List<Map<String, Object>> settings = new ArrayList<>();
        for (Map.Entry<String, String> setting : plan.settings().entrySet()) {
            settings.add(
                    Map.of(
                            "name", Names.ofSetting(messages, setting.getKey()),
                            "value", setting.getValue()));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("fits", plan.fits());
        values.put("limit", messages.bytes(plan.limitBytes()));
        values.put("smallest", messages.bytes(plan.smallestBytes()));
        values.put("predicted", messages.bytes(sum));
        values.put("parts", parts);
        values.put("limit_x", 100.0 * plan.limitBytes() / whole);
        values.put("settings", settings);
        values.put("has_settings", !settings.isEmpty());
        values.put("give_up", plan.giveUp());
        values.put("has_give_up", !plan.giveUp().isEmpty());
        return values;
    }
}
