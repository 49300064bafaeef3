package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.vision.report.Report;
import dev.snug.vision.report.ReportLanguage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * {@code POST /v1/reports}: a page of PDF that says what is on a picture. The file lies in a
 * private folder until it is opened to be sent, never longer.
 */
public final class Reports {
    /** A browser saves it under this name; the picture's own is nobody's business. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'snug-report-'yyyyMMdd-HHmmss'.pdf'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Answering answering;
    private final Path folder;
    private final long pictureBytes;
    private final InstantSource clock;

    /**
     * Reports of {@code answering}.
     *
     * @param folder for them alone
     * @param pictureBytes most bytes of a picture's file
     * @param clock the time that stands on a report
     */
    public Reports(Answering answering, Path folder, long pictureBytes, InstantSource clock) {
        this.answering = answering;
        this.folder = folder;
        this.pictureBytes = pictureBytes;
        this.clock = clock;
    }

    /** The route of the API. */
    public List<Route> routes() {
        return List.of(Route.post("/v1/reports", Access.open(Scope.CLASSIFY), this::post));
    }

    private Reply post(Call call) throws IOException, InterruptedException {
        UploadLimits limits = new UploadLimits(Classifications.FIELD, pictureBytes, "image/");
        try (Upload upload = call.upload(limits)) {
            PictureFields values = new PictureFields(call, upload.fields());
            // On paper there is one form.
            HeatMapForm form =
                    values.form() == HeatMapForm.NONE ? HeatMapForm.NONE : HeatMapForm.LAYER;
            ReportLanguage language =
                    values.word("lang", "en", "vi").equals("vi")
                            ? ReportLanguage.VI
                            : ReportLanguage.EN;
            String name = values.text("name");
            if (name != null && name.length() > Report.NAME_CHARS_MAX) {
                throw PictureFields.wrong(
                        "name", "name has at most " + Report.NAME_CHARS_MAX + " characters");
            }
            try {
                return reply(values.question(upload, form, null), language, name);
            } catch (AnswerException e) {
                throw Statuses.of(e);
            }
        }
    }

    /**
     * A report as it goes to a client.
     *
     * @param fileName to be shown on it; null for none
     * @throws AnswerException when there is none
     */
    public Reply reply(PictureQuestion question, ReportLanguage language, @Nullable String fileName)
            throws IOException, InterruptedException {
        Path file = folder.resolve(UUID.randomUUID() + ".pdf");
        Instant made = clock.instant();
        try {
            answering.report(question, new ReportWish(file, language, made, fileName));
            // Its name is gone with this, whatever becomes of the client.
            InputStream pdf = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            return Reply.stream(
                            "application/pdf",
                            out -> {
                                try (pdf) {
                                    pdf.transferTo(out);
                                }
                            })
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"" + NAME.format(made) + "\"");
        } catch (RuntimeException | InterruptedException | IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
