package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.work.CardWire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models} and {@code GET /v1/models/NAME/plan}. */
public final class Models {
    private final Answering answering;

    /** The models of {@code answering}. */
    public Models(Answering answering) {
        this.answering = answering;
    }

    /** All of them. */
    public Reply list(Call call) {
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        answering.models().forEach(card -> models.add(json(card)));
        return Reply.json(200, Map.of("models", models));
    }

    private static Map<String, @Nullable Object> json(ModelCard card) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", card.name());
        json.put("kind", card.kind().word());
        json.put("default", card.isDefault());
        json.put("licence", card.licence());
        json.put("bytes", card.bytes());
        List<Map<String, String>> classes = new ArrayList<>();
        card.classes().forEach(each -> classes.add(Map.of("id", each.id(), "name", each.name())));
        json.put("classes", classes);
        List<Map<String, Object>> fields = new ArrayList<>();
        card.fields()
                .forEach(each -> fields.add(Map.of("name", each.name(), "words", each.words())));
        json.put("patient", fields);
        json.put("voices", card.voices());
        json.put("heatmaps", card.hasHeatMaps());
        return json;
    }

    /** How one of them runs under this server's limit. */
    public Reply plan(Call call) throws InterruptedException {
        try {
            return Reply.json(200, CardWire.json(answering.plan(call.segment("name"))));
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }
}
