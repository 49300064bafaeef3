package dev.snug.server.page;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;
import dev.snug.server.settings.HeatMaps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of jobs: its script leaves them and asks what became of them, through the API. */
final class JobsPage {
    private final Answering answering;
    private final PageSettings settings;
    private final Frame frame;

    JobsPage(Answering answering, PageSettings settings, Frame frame) {
        this.answering = answering;
        this.settings = settings;
        this.frame = frame;
    }

    /** Answers {@code GET /jobs}. */
    Reply show(Call call) {
        Messages messages = Messages.of(Language.of(call));
        Map<String, Object> values = new HashMap<>();
        values.put("are_taken", settings.jobBytes() > 0);
        values.put("size_limit", messages.bytes(settings.jobBytes()));
        List<ModelCard> cards = answering.models();
        values.put("speech", form(cards, ModelCard.Kind.SPEECH, messages));
        values.put("pictures", form(cards, ModelCard.Kind.PICTURES, messages));
        return frame.page(call, 200, Place.JOBS, "jobs", values);
    }

    /** The form of the model that answers by default; none where there is no model. */
    private List<Map<String, Object>> form(
            List<ModelCard> cards, ModelCard.Kind kind, Messages messages) {
        List<ModelCard> fitting = SkinPage.cards(cards, kind);
        if (fitting.isEmpty()) {
            return List.of();
        }
        ModelCard card = SkinPage.chosen(fitting, Optional.empty());
        List<Map<String, Object>> voices = new ArrayList<>();
        for (String voice : card.voices()) {
            voices.add(Map.of("name", voice, "label", Names.ofVoice(messages, voice)));
        }
        boolean hasMaps = card.hasHeatMaps() && settings.heatMaps() != HeatMaps.OFF;
        return List.of(
                Map.of(
                        "model",
                        card.name(),
                        "voices",
                        voices,
                        "has_voices",
                        !voices.isEmpty(),
                        "has_maps",
                        hasMaps));
    }
}
