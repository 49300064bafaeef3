package dev.snug.server.work;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.Placement;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.ReportWish;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.HeatMapLayer;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.PhotoCheck;
import dev.snug.vision.picture.PhotoFinding;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureCaps;
import dev.snug.vision.picture.Reduction;
import dev.snug.vision.picture.ReservedPicture;
import dev.snug.vision.plan.PlannedPictures;
import dev.snug.vision.report.Report;
import dev.snug.vision.report.ReportMemory;
import dev.snug.vision.report.ReportPage;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** A model that classifies, with all that its pictures may take. */
final class LoadedClassifier implements AutoCloseable {
    private final String model;
    private final MemoryBudget budget;
    private final Classifier classifier;
    private final boolean hasHeatMaps;
    private final PlannedPictures planned;
    private final PictureCaps caps;

    /** What stays of the first report; null before it. */
    private @Nullable Reservation reportCode;

    private LoadedClassifier(
            String model,
            MemoryBudget budget,
            Classifier classifier,
            PlannedPictures planned,
            PictureCaps caps) {
        this.model = model;
        this.budget = budget;
        this.classifier = classifier;
        this.hasHeatMaps = planned.memory().settings().heatMap();
        this.planned = planned;
        this.caps = caps;
    }

    /**
     * Plans and loads {@code model} within the worker's limit.
     *
     * @param hasReported whether this process wrote a report before: its code is there, and stays
     * @throws dev.snug.runtime.device.ProviderException when what is to compute cannot be used
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits
     */
    static LoadedClassifier open(
            BundleStore store, String model, WorkerSetup setup, boolean hasReported) {
        MemoryLimit limit = setup.limit();
        Placement placement = setup.placement();
        PlannedPictures planned =
                PlannedPictures.of(
                        store,
                        model,
                        PictureWish.of(store.open(model), setup.heatMaps(), placement)
                                .withReports(hasReported),
                        limit,
                        Prefer.BALANCED,
                        _ -> {});
        MemoryBudget budget = MemoryBudget.open(limit, placement);
        try {
            Classifier classifier = planned.open(budget);
            return new LoadedClassifier(model, budget, classifier, planned, setup.caps());
        } catch (RuntimeException | Error e) {
            budget.close();
            throw e;
        }
    }

    boolean isOf(String name) {
        return model.equals(name);
    }

    PictureAnswer answer(PictureQuestion question) {
        return look(
                question,
                planned.withReports(false),
                (picture, seen) ->
                        answer(
                                seen,
                                picture.reduction(),
                                Optional.ofNullable(
                                        shown(question, picture, seen.found.heatMap()))));
    }

    /**
     * Writes a report. The picture is given up before the page is laid out.
     *
     * @return the answer that it shows, without a map
     * @throws dev.snug.runtime.budget.BudgetException when there is no room for it now
     */
    PictureAnswer report(PictureQuestion question, ReportWish wish) {
        record Looked(Seen seen, Report.Photo photo) {}
        Looked looked =
                look(
                        question,
                        planned.withReports(true),
                        (picture, seen) ->
                                new Looked(seen, Report.Photo.of(picture, seen.findings)));
        Classification found = looked.seen.found;
        HeatMap map = found.heatMap();
        Report report =
                new Report(
                        wish.language(),
                        wish.made(),
                        Report.Model.of(planned.bundle()),
                        looked.photo,
                        Optional.ofNullable(map)
                                .map(
                                        values ->
                                                new Report.Map(
                                                        values,
                                                        colours(question),
                                                        explained(question, found))),
                        found.scores(),
                        patient(question),
                        new Report.File(wish.fileName(), question.sha256()));
        if (reportCode == null && !planned.reports()) {
            reportCode =
                    budget.accounts()
                            .of(StandardAccount.JVM)
                            .reserve("the code of reports", ReportMemory.OUTSIDE_BYTES);
        }
        Account pictures = budget.accounts().of(StandardAccount.PICTURES);
        try (Reservation _ = pictures.reserve("a report", ReportMemory.HEAP_BYTES)) {
            WholeFile.write(wish.file(), out -> ReportPage.write(report, out));
        }
        return answer(looked.seen, looked.photo.reduction(), Optional.empty());
    }

    private ClassLabel explained(PictureQuestion question, Classification found) {
        String id = question.explainedClass();
        return id == null
                ? found.top().label()
                : classifier.classes().get(classifier.classNumber(id));
    }

    /** What is seen of a picture, which it does not hold. */
    private record Seen(Classification found, List<PhotoFinding> findings, long startedNanos) {}

    private <T> T look(
            PictureQuestion question, PlannedPictures how, BiFunction<Picture, Seen, T> use) {
        if (question.heatMap() != HeatMapForm.NONE && !hasHeatMaps) {
            throw new AnswerException(
                    AnswerException.Kind.HEATMAP_OFF,
                    "the server's memory limit has no room for heat maps of %s; ask without one, or raise the limit"
                            .formatted(model));
        }
        long startedNanos = System.nanoTime();
        Patient patient = patient(question);
        classifier.check(patient);
        Optional<Integer> explained =
                Optional.ofNullable(question.explainedClass()).map(classifier::classNumber);
        Account pictures = budget.accounts().of(StandardAccount.PICTURES);
        try (ReservedPicture reserved =
                ReservedPicture.decode(
                        how.decoder(classifier, caps),
                        question.file(),
                        pictures,
                        how.besideBytes(classifier))) {
            Picture picture = reserved.picture();
            List<PhotoFinding> findings = PhotoCheck.of(picture, side());
            if (question.isChecked() && !findings.isEmpty()) {
                throw PhotoRefusal.of(findings);
            }
            Classification found =
                    question.heatMap() == HeatMapForm.NONE
                            ? classifier.classify(picture, patient)
                            : classifier.explain(picture, patient, explained);
            return use.apply(picture, new Seen(found, findings, startedNanos));
        }
    }

    private static Patient patient(PictureQuestion question) {
        return new Patient(question.sex(), question.location(), question.ageYears());
    }

    private PictureAnswer answer(Seen seen, Optional<Reduction> reduction, Optional<byte[]> layer) {
        HeatMap map = seen.found.heatMap();
        return new PictureAnswer(
                model,
                seen.found.scores().stream().map(LoadedClassifier::score).toList(),
                layer,
                map != null && map.nothingStandsOut(),
                seen.findings.stream().map(each -> PhotoRefusal.concern(each.concern())).toList(),
                reduction.map(LoadedClassifier::decodedAt),
                (System.nanoTime() - seen.startedNanos) / 1e9,
                false);
    }

    private static DecodedAt decodedAt(Reduction how) {
        return new DecodedAt(
                how.factor(), how.width(), how.height(), how.fullWidth(), how.fullHeight());
    }

    private int side() {
        return Math.min(classifier.inputSize().width(), classifier.inputSize().height());
    }

    private static Score score(ClassScore score) {
        // The number that the command line prints: a float made longer has digits that say nothing.
        double probability = Double.parseDouble(Float.toString(score.probability()));
        return new Score(score.label().id(), score.label().name(), probability);
    }

    /** The layer as bytes; an overlay goes to its file. */
    private static byte @Nullable [] shown(
            PictureQuestion question, Picture picture, @Nullable HeatMap map) {
        if (map == null || map.nothingStandsOut()) {
            return null;
        }
        ColorMap colours = colours(question);
        return switch (question.heatMap()) {
            case NONE -> null;
            case LAYER -> layer(picture, map, colours);
            case OVERLAY -> {
                Path file = Objects.requireNonNull(question.overlayFile());
                Overlay overlay =
                        new Overlay(picture, map.values(), map.height(), map.width(), colours);
                WholeFile.write(file, overlay::writePng);
                yield null;
            }
        };
    }

    private static ColorMap colours(PictureQuestion question) {
        return ColorMap.valueOf(question.colours().toUpperCase(Locale.ROOT));
    }

    private static byte[] layer(Picture picture, HeatMap map, ColorMap colours) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            new HeatMapLayer(map.values(), map.height(), map.width(), colours)
                    .writePng(png, picture.width(), picture.height());
        } catch (IOException e) {
            throw new UncheckedIOException("memory that cannot be written", e);
        }
        return png.toByteArray();
    }

    @Override
    public void close() {
        try {
            classifier.close();
            if (reportCode != null) {
                reportCode.close();
            }
        } finally {
            budget.close();
        }
    }
}
