package dev.snug.server.page;

import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answer for one picture as a page, where no script runs. */
final class SkinResult {
    /** Longer pictures are not shown: a browser holds such a link in memory twice. */
    private static final int PICTURE_BYTES_MAX = 6 << 20;

    /** Where the picture goes: it is not made into text, which would take four times its bytes. */
    private static final String PLACE_OF_PICTURE = "data:image/png;base64,@";

    private final Frame frame;
    private final Call call;
    private final PictureAnswer answer;

    SkinResult(Frame frame, Call call, PictureAnswer answer) {
        this.frame = frame;
        this.call = call;
        this.answer = answer;
    }

    Reply reply() {
        byte[] png = answer.heatMap().orElse(new byte[0]);
        boolean isShown = png.length > 0 && png.length <= PICTURE_BYTES_MAX;
        String page = frame.text(call, Place.SKIN, "/", "result", values(isShown, png.length));
        if (!isShown) {
            return frame.withLanguage(call, Reply.html(200, page));
        }
        int place = page.indexOf(PLACE_OF_PICTURE) + PLACE_OF_PICTURE.length() - 1;
        Reply reply =
                Reply.stream(
                        "text/html; charset=utf-8",
                        out -> {
                            out.write(page.substring(0, place).getBytes(StandardCharsets.UTF_8));
                            writeBase64(png, out);
                            out.write(page.substring(place + 1).getBytes(StandardCharsets.UTF_8));
                        });
        return frame.withLanguage(call, reply);
    }

    private static void writeBase64(byte[] bytes, OutputStream out) throws IOException {
        int step = 3 * 4096; // whole groups of three: the pieces are one text
        for (int start = 0; start < bytes.length; start += step) {
            int end = Math.min(bytes.length, start + step);
            out.write(Base64.getEncoder().encode(java.util.Arrays.copyOfRange(bytes, start, end)));
        }
    }

    private Map<String, Object> values(boolean isShown, int pngBytes) {
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
        values.put("picture", isShown ? PLACE_OF_PICTURE : "");
        values.put("is_too_long", !isShown && pngBytes > 0);
        values.put("nothing_stands_out", answer.nothingStandsOut());
        values.put("is_kept", answer.isKept());
        values.put(
                "seconds", messages.text("js_skin_seconds", messages.number(answer.seconds(), 2)));
        return values;
    }
}
