package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What there is to know before the first worker starts.
 *
 * @param sharing of the server's limit
 * @param plans of the models that answer by default, each under its kind's share
 * @param provider what computes
 */
record Survey(Sharing sharing, List<PlanCard> plans, ProviderCard provider) {
    private static final String WHERE = "the survey of models";

    Survey {
        plans = List.copyOf(plans);
    }

    byte[] encoded() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Map<String, Long> shares = new LinkedHashMap<>();
        sharing.bytes().forEach((kind, bytes) -> shares.put(kind.word(), bytes));
        json.put("shares", shares);
        json.put("in_turns", sharing.isInTurns());
        List<Map<String, @Nullable Object>> cards = new ArrayList<>();
        plans.forEach(plan -> cards.add(CardWire.json(plan)));
        json.put("plans", cards);
        json.put("asked", provider.asked());
        json.put("provider", provider.provider());
        json.put("reason", provider.reason());
        return Json.bytes(json);
    }

    static Survey decode(byte[] text) {
        return Fields.read(
                Json.parseObject(text, WHERE),
                WHERE,
                json -> {
                    Map<Kind, Long> shares = new EnumMap<>(Kind.class);
                    json.figures("shares", Kind.values().length)
                            .forEach(
                                    (kind, bytes) ->
                                            shares.put(
                                                    Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                                                    bytes));
                    return new Survey(
                            new Sharing(shares, json.flag("in_turns")),
                            json.list("plans", Kind.values().length, CardWire::card),
                            new ProviderCard(
                                    json.text("asked"),
                                    json.textOrNull("provider"),
                                    json.textOrNull("reason")));
                });
    }
}
