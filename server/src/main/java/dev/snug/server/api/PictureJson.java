package dev.snug.server.api;

import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is on a picture, as {@code POST /v1/classifications} and the results of jobs say it. */
public final class PictureJson {
    private PictureJson() {}

    /**
     * {@code answer} to a question of this form.
     *
     * @param link to the overlay; null for the other forms
     */
    public static Map<String, @Nullable Object> of(
            PictureAnswer answer, HeatMapForm form, @Nullable String link) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", answer.model());
        List<Map<String, Object>> classes = new ArrayList<>();
        for (Score score : answer.scores()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("id", score.id());
            each.put("name", score.name());
            each.put("probability", score.probability());
            classes.add(each);
        }
        json.put("classes", classes);
        json.put("heatmap", heatMap(answer, form, link));
        json.put("nothing_stands_out", answer.nothingStandsOut());
        json.put("concerns", answer.concerns().stream().map(PhotoConcern::word).toList());
        json.put(DecodedAt.KEY, answer.decodedAt().map(DecodedAt::json).orElse(null));
        json.put("seconds", Math.round(answer.seconds() * 1e4) / 1e4);
        json.put("kept", answer.isKept());
        return json;
    }

    private static @Nullable Map<String, Object> heatMap(
            PictureAnswer answer, HeatMapForm form, @Nullable String link) {
        if (form == HeatMapForm.OVERLAY && link != null) {
            return Map.of("form", "overlay", "url", link);
        }
        return answer.heatMap()
                .map(
                        png ->
                                Map.<String, Object>of(
                                        "form",
                                        "layer",
                                        "png",
                                        "data:image/png;base64,"
                                                + Base64.getEncoder().encodeToString(png)))
                .orElse(null);
    }
}
