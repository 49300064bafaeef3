package dev.snug.server.page;

import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answer for one picture as a page, where no script runs. */
final class SkinResult {
    private final Frame frame;
    private final Call call;
    private final PictureAnswer answer;
    private final @Nullable String overlay;

    SkinResult(Frame frame, Call call, PictureAnswer answer, @Nullable String overlay) {
        this.frame = frame;
        this.call = call;
        this.answer = answer;
        this.overlay = overlay;
    }

    Reply reply() {
        return frame.page(call, 200, Place.SKIN, "/", "result", values());
    }

    private Map<String, Object> values() {
        Messages messages = Messages.of(Language.of(call));
        List<Map<String, Object>> scores = new ArrayList<>();
        for (PictureAnswer.Score score : answer.scores()) {
            double percent = 100 * score.probability();
            scores.add(
                    Map.of(
                            "name", Names.ofClass(messages, score.id(), score.name()),
                            "percent", messages.number(percent, 1),
                            "width", Math.max(0.5, Math.round(10 * percent) / 10.0)));
        }
        List<String> concerns = new ArrayList<>();
        for (PhotoConcern concern : answer.concerns()) {
            concerns.add(messages.text("js_skin_concern_" + concern.word()));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("title", messages.text("skin_result"));
        values.put("model", answer.model());
        values.put("scores", scores);
        values.put("concerns", concerns);
        values.put("has_concerns", !concerns.isEmpty());
        values.put("picture", overlay == null ? "" : overlay);
        values.put("nothing_stands_out", answer.nothingStandsOut());
        values.put("is_kept", answer.isKept());
        values.put(
                "decoded",
                answer.decodedAt()
                        .map(
                                at ->
                                        messages.text(
                                                "js_skin_decoded",
                                                at.width(),
                                                at.height(),
                                                at.fullWidth(),
                                                at.fullHeight()))
                        .orElse(""));
        values.put(
                "seconds", messages.text("js_skin_seconds", messages.number(answer.seconds(), 2)));
        return values;
    }
}
