package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

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
            PictureFields values = new PictureFields(call, upload.fields());
            HeatMapForm form = values.form();
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

    private static PictureQuestion question(
            PictureFields values,
            Upload upload,
            HeatMapForm form,
            OverlayLinks.@Nullable Place place) {
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
}
