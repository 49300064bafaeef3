package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/** {@code POST /v1/classifications}: what is on a picture, and where the model looked. */
public final class Classifications {
    /** The form field that holds the picture. */
    public static final String FIELD = "picture";

    private final Answering answering;
    private final OverlayLinks overlays;
    private final long pictureBytes;

    /**
     * Classifies with {@code answering}.
     *
     * @param pictureBytes most bytes of a picture's file
     */
    public Classifications(Answering answering, OverlayLinks overlays, long pictureBytes) {
        this.answering = answering;
        this.overlays = overlays;
        this.pictureBytes = pictureBytes;
    }

    /** Answers a call. */
    public Reply post(Call call) throws IOException, InterruptedException {
        try (Upload upload = call.upload(new UploadLimits(FIELD, pictureBytes, "image/"))) {
            Values values = new Values(call, upload);
            HeatMapForm form = form(values);
            OverlayLinks.Place place = form == HeatMapForm.OVERLAY ? overlays.place() : null;
            PictureAnswer answer;
            try {
                answer = answering.classify(question(values, upload, form, place));
            } catch (AnswerException e) {
                overlays.drop(place);
                throw Statuses.of(e);
            } catch (InterruptedException | RuntimeException e) {
                overlays.drop(place);
                throw e;
            }
            return Reply.json(200, PictureJson.of(answer, form, overlays.link(place)));
        }
    }

    private static HeatMapForm form(Values values) {
        String form = values.text("heatmap");
        if (!values.flag("explain")) {
            if (form != null || values.text("class") != null) {
                throw wrong("explain", "heatmap and class need explain=true");
            }
            return HeatMapForm.NONE;
        }
        return switch (Objects.requireNonNullElse(form, "layer")) {
            case "layer" -> HeatMapForm.LAYER;
            case "overlay" -> HeatMapForm.OVERLAY;
            default -> throw wrong("heatmap", "heatmap is layer or overlay");
        };
    }

    private static PictureQuestion question(
            Values values, Upload upload, HeatMapForm form, OverlayLinks.@Nullable Place place) {
        return new PictureQuestion(
                values.text("model"),
                upload.file(),
                upload.sha256(),
                form,
                place == null ? null : place.file(),
                values.text("class"),
                values.word("colors", "viridis", "jet"),
                values.text("sex"),
                values.text("location"),
                values.number("age"),
                values.flag("check"));
    }

    private static HttpException wrong(String name, String words) {
        return HttpException.of(400, "bad_question", words).about(name);
    }

    /** Fields of the form, else parameters of the query. */
    private record Values(Call call, Upload upload) {
        @Nullable String text(String name) {
            String field = upload.fields().get(name);
            String value = field == null ? call.query(name).orElse(null) : field;
            return value == null || value.isBlank() ? null : value.strip();
        }

        boolean flag(String name) {
            String value = text(name);
            return value != null
                    && switch (value) {
                        case "true", "1", "on" -> true;
                        case "false", "0", "off" -> false;
                        default -> throw wrong(name, name + " is true or false");
                    };
        }

        String word(String name, String usual, String other) {
            String value = Objects.requireNonNullElse(text(name), usual);
            if (!value.equals(usual) && !value.equals(other)) {
                throw wrong(name, "%s is %s or %s".formatted(name, usual, other));
            }
            return value;
        }

        @Nullable Double number(String name) {
            String value = text(name);
            if (value == null) {
                return null;
            }
            try {
                return Double.valueOf(value);
            } catch (NumberFormatException e) {
                throw wrong(name, name + " is a number, such as 41.5");
            }
        }
    }
}
