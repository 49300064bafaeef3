package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.PlanCard;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** A plan between worker and front, and between one server and another: the API's JSON. */
public final class CardWire {
    private static final int ENTRIES_MAX = 64;

    private CardWire() {}

    /** The object that {@link #card} reads. */
    public static Map<String, @Nullable Object> json(PlanCard card) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", card.model());
        json.put("fits", card.fits());
        json.put("limit_bytes", card.limitBytes());
        json.put("smallest_bytes", card.smallestBytes());
        json.put("peak_bytes", card.peakBytes());
        json.put("parts", card.parts());
        json.put("settings", card.settings());
        json.put("give_up", card.giveUp());
        return json;
    }

    /** The card in {@code text}. */
    public static PlanCard card(byte[] text, String where) {
        return Fields.read(Json.parseObject(text, where), where, CardWire::card);
    }

    static PlanCard card(Fields json) {
        return new PlanCard(
                json.text("model"),
                json.flag("fits"),
                json.whole("limit_bytes"),
                json.whole("smallest_bytes"),
                json.whole("peak_bytes"),
                json.figures("parts", ENTRIES_MAX),
                json.texts("settings", ENTRIES_MAX),
                json.words("give_up", ENTRIES_MAX));
    }
}
