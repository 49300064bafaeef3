package dev.snug.server.work;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.Placement;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
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
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.Reduction;
import dev.snug.vision.picture.ReservedPicture;
import dev.snug.vision.plan.PlannedPictures;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A model that classifies, with all that its pictures may take. */
final class LoadedClassifier implements AutoCloseable {
    private final String model;
    private final MemoryBudget budget;
    private final Classifier classifier;
    private final boolean hasHeatMaps;
    private final PictureDecoder decoder;
    private final long runBytes;

    private LoadedClassifier(
            String model,
            MemoryBudget budget,
            Classifier classifier,
            PictureDecoder decoder,
            boolean hasHeatMaps) {
        this.model = model;
        this.budget = budget;
        this.classifier = classifier;
        this.hasHeatMaps = hasHeatMaps;
        this.runBytes = PlannedPictures.runBytes(classifier);
        this.decoder = decoder;
    }

    /**
     * Plans and loads {@code model} within the worker's limit.
     *
     * @throws dev.snug.runtime.device.ProviderException when what is to compute cannot be used
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits
     */
    static LoadedClassifier open(BundleStore store, String model, WorkerSetup setup) {
        MemoryLimit limit = setup.limit();
        Placement placement = setup.placement();
        PlannedPictures planned =
                PlannedPictures.of(
                        store,
                        model,
                        PictureWish.of(store.open(model), setup.heatMaps(), placement),
                        limit,
                        Prefer.BALANCED,
                        _ -> {});
        MemoryBudget budget = MemoryBudget.open(limit, placement);
        try {
            Classifier classifier = planned.open(budget);
            boolean hasHeatMaps = planned.memory().settings().heatMap();
            PictureDecoder decoder = planned.decoder(classifier, setup.caps());
            return new LoadedClassifier(model, budget, classifier, decoder, hasHeatMaps);
        } catch (RuntimeException | Error e) {
            budget.close();
            throw e;
        }
    }

    boolean isOf(String name) {
        return model.equals(name);
    }

    PictureAnswer answer(PictureQuestion question) {
        if (question.heatMap() != HeatMapForm.NONE && !hasHeatMaps) {
            throw new AnswerException(
                    AnswerException.Kind.HEATMAP_OFF,
                    "the server's memory limit has no room for heat maps of %s; ask without one, or raise the limit"
                            .formatted(model));
        }
        long startedNanos = System.nanoTime();
        Patient patient = new Patient(question.sex(), question.location(), question.ageYears());
        classifier.check(patient);
        Optional<Integer> explained =
                Optional.ofNullable(question.explainedClass()).map(classifier::classNumber);
        Account pictures = budget.accounts().of(StandardAccount.PICTURES);
        try (ReservedPicture reserved =
                ReservedPicture.decode(decoder, question.file(), pictures, runBytes)) {
            Picture picture = reserved.picture();
            List<PhotoFinding> findings = PhotoCheck.of(picture, side());
            if (question.isChecked() && !findings.isEmpty()) {
                throw refused(findings);
            }
            Classification found =
                    question.heatMap() == HeatMapForm.NONE
                            ? classifier.classify(picture, patient)
                            : classifier.explain(picture, patient, explained);
            HeatMap map = found.heatMap();
            return new PictureAnswer(
                    model,
                    found.scores().stream().map(LoadedClassifier::score).toList(),
                    Optional.ofNullable(shown(question, picture, map)),
                    map != null && map.nothingStandsOut(),
                    findings.stream().map(finding -> concern(finding.concern())).toList(),
                    picture.reduction().map(LoadedClassifier::decodedAt),
                    (System.nanoTime() - startedNanos) / 1e9,
                    false);
        }
    }

    private static DecodedAt decodedAt(Reduction how) {
        return new DecodedAt(
                how.factor(), how.width(), how.height(), how.fullWidth(), how.fullHeight());
    }

    private int side() {
        return Math.min(classifier.inputSize().width(), classifier.inputSize().height());
    }

    private static AnswerException refused(List<PhotoFinding> findings) {
        return new AnswerException(
                AnswerException.Kind.PHOTO_REFUSED,
                "the photo is not good enough to be asked about: "
                        + findings.stream()
                                .map(LoadedClassifier::words)
                                .collect(Collectors.joining("; "))
                        + ". Take another, or send check=false to have it answered all the same");
    }

    /** The concern's own word first, by which pages know it. */
    private static String words(PhotoFinding finding) {
        String what =
                switch (finding.concern()) {
                    case TOO_SMALL -> "the shorter side has %.0f pixels, the model looks at %.0f";
                    case TOO_DARK -> "%.2f of it is nearly black, %.2f at most may be";
                    case BLURRED -> "its edges have a sharpness of %.4f, at least %.4f is needed";
                    case NOT_SKIN -> "%.2f of it has a colour of skin, at least %.2f should";
                };
        return concern(finding.concern()).word()
                + " ("
                + String.format(Locale.ROOT, what, finding.measured(), finding.threshold())
                + ")";
    }

    private static PhotoConcern concern(PhotoFinding.Concern concern) {
        return switch (concern) {
            case TOO_SMALL -> PhotoConcern.TOO_SMALL;
            case TOO_DARK -> PhotoConcern.TOO_DARK;
            case BLURRED -> PhotoConcern.BLURRED;
            case NOT_SKIN -> PhotoConcern.NOT_SKIN;
        };
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
        ColorMap colours = ColorMap.valueOf(question.colours().toUpperCase(Locale.ROOT));
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
        } finally {
            budget.close();
        }
    }
}
