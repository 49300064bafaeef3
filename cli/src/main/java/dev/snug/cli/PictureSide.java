package dev.snug.cli;

import dev.snug.cli.compare.CaseFiles;
import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureCaps;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.Resampler;
import dev.snug.vision.picture.ReservedPicture;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.PlannedPictures;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A classifier that answers the cases of a comparison, with heat maps where it has them. */
record PictureSide(
        BundleStore store, String model, CompareOptions options, MemoryLimit limit, Path into) {
    /** Longer side of the pictures that are kept, in pixels: two beside each other fill a page. */
    private static final int SIDE_MAX = 360;

    void answer(CompareCases cases, AnswerLines lines, Running running) throws IOException {
        List<Path> files = cases.cases().stream().map(one -> Path.of(one.text())).toList();
        Bundle bundle = store.open(model);
        boolean explains = !bundle.manifest().graphs(ClassifierImport.EXPLAIN).isEmpty();
        ClassifyWish wish =
                new ClassifyWish(
                        options.pictureSize(),
                        Optional.of(explains),
                        options.threads(),
                        Runtime.getRuntime().availableProcessors(),
                        PlannedPictures.largest(
                                bundle, options.pictureSize(), files, PictureCaps.DEFAULT),
                        files.size());
        PlannedPictures planned =
                PlannedPictures.of(store, model, wish, limit, Prefer.BALANCED, _ -> {});
        Patient patient = options.patient();
        try (MemoryBudget budget = MemoryBudget.open(limit);
                Classifier classifier = planned.open(budget)) {
            classifier.check(patient);
            long runBytes = PlannedPictures.runBytes(classifier);
            PictureDecoder decoder = planned.decoder(classifier, PictureCaps.DEFAULT);
            Account pictures = budget.accounts().of(StandardAccount.PICTURES);
            for (int number = 0; number < files.size(); number++) {
                running.stage("run");
                Path file = files.get(number);
                Optional<Integer> explained =
                        Optional.ofNullable(cases.cases().get(number).explained())
                                .map(classifier::classNumber);
                lines.begin();
                try (ReservedPicture reserved =
                        ReservedPicture.decode(decoder, file, pictures, runBytes)) {
                    Picture picture = reserved.picture();
                    Classification found =
                            explains
                                    ? classifier.explain(picture, patient, explained)
                                    : classifier.classify(picture, patient);
                    AnswerLines.Took took = lines.took();
                    running.stage("overlay");
                    keep(number, picture, found.heatMap());
                    lines.answered(took, json -> write(json, found));
                } catch (RuntimeException | OutOfMemoryError e) {
                    // One bad picture must not take the others with it.
                    lines.failed(Failure.of(e).withoutNameOf(file));
                }
            }
        }
    }

    private void keep(int number, Picture picture, @Nullable HeatMap map) {
        boolean isShown = map != null && !map.nothingStandsOut();
        float[] values = map != null && isShown ? map.values() : new float[] {0};
        int rows = map != null && isShown ? map.height() : 1;
        Overlay overlay =
                new Overlay(small(picture), values, rows, values.length / rows, ColorMap.VIRIDIS);
        WholeFile.write(new CaseFiles(into).overlay(number), overlay::writePng);
    }

    /** The whole picture in fewer pixels, or as it is where it is small. */
    private static Picture small(Picture picture) {
        int longer = Math.max(picture.width(), picture.height());
        double factor = Math.min(1, SIDE_MAX / (double) longer);
        int width = Math.max(1, (int) Math.round(picture.width() * factor));
        int height = Math.max(1, (int) Math.round(picture.height() * factor));
        float[] levels = Resampler.lanczos().resize(picture, width, height);
        byte[] rgb = new byte[levels.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.clamp(Math.round(levels[i]), 0, 255);
        }
        return new Picture(width, height, rgb);
    }

    private static void write(JsonGenerator json, Classification found) {
        json.writeArrayPropertyStart("classes");
        for (ClassScore score : found.scores()) {
            json.writeStartObject();
            json.writeStringProperty("id", score.label().id());
            json.writeStringProperty("name", score.label().name());
            json.writeNumberProperty("probability", score.probability());
            json.writeEndObject();
        }
        json.writeEndArray();
        HeatMap map = found.heatMap();
        json.writeNumberProperty("rows", map == null ? 0 : map.height());
        json.writeArrayPropertyStart("map");
        if (map != null) {
            for (float value : map.values()) {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }
}
