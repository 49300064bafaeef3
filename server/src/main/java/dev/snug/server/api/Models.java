package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.work.CardWire;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/models} and {@code GET /v1/models/NAME/plan}. */
public final class Models {
    /** Whoever has the server has its models. */
    private static final String OWNER = "snug";

    private final Answering answering;

    /** The models of {@code answering}. */
    public Models(Answering answering) {
        this.answering = answering;
    }

    /**
     * The models of {@code answering}.
     *
     * @throws HttpException when another server has them and does not answer
     */
    public static List<ModelCard> of(Answering answering) {
        try {
            return answering.models();
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    /** All of them. */
    public Reply list(Call call) {
        List<Map<String, @Nullable Object>> models = new ArrayList<>();
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        for (ModelCard card : of(answering)) {
            models.add(json(card));
            data.add(listed(card));
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("object", "list");
        json.put("data", data);
        json.put("models", models);
        return Reply.json(200, json);
    }

    /** A model as OpenAI's clients want it. */
    public static Map<String, @Nullable Object> listed(ModelCard card) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", card.name());
        json.put("object", "model");
        json.put("created", card.createdSeconds());
        json.put("owned_by", OWNER);
        return json;
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
        json.put("created", card.createdSeconds());
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
