package dev.snug.cli;

import dev.snug.runtime.budget.Account;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.Reduction;
import dev.snug.vision.picture.ReservedPicture;
import dev.snug.vision.report.Report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What every picture of {@code snug classify} is answered with. Heat maps are made where the
 * classifier was opened for them.
 *
 * @param besideBytes of the heap, beside a picture
 * @param pictures account that pictures and reports are reserved in
 * @param classNumber the class to explain; empty for the likeliest
 * @param running told what is done now
 */
record ClassifyRun(
        Classifier classifier,
        PictureDecoder decoder,
        long besideBytes,
        Account pictures,
        Patient patient,
        Optional<Integer> classNumber,
        ColorMap colours,
        HeatMapFiles heatMaps,
        Optional<ReportFiles> reports,
        Running running) {
    /** Answers one picture, and writes what was asked for beside the answer. */
    void answer(Path file, Answers answers) throws IOException {
        long startedNanos = System.nanoTime();
        running.stage("decode");
        Classification found;
        Optional<Reduction> reduction;
        Path heatMap;
        Optional<Report.Photo> photo;
        try (ReservedPicture reserved =
                ReservedPicture.decode(decoder, file, pictures, besideBytes)) {
            Picture picture = reserved.picture();
            running.stage("run");
            found =
                    classifier.explains()
                            ? classifier.explain(picture, patient, classNumber)
                            : classifier.classify(picture, patient);
            reduction = picture.reduction();
            running.stage("overlay");
            heatMap = heatMaps.write(file, picture, found.heatMap(), colours);
            photo = reports.map(_ -> ReportFiles.photo(picture, inputSide()));
        }
        Path page = null;
        if (reports.isPresent() && photo.isPresent()) {
            running.stage("report");
            page = reports.get().write(file, photo.get(), found, pictures);
        }
        Answers.Written written = new Answers.Written(heatMap, page);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        answers.answered(file, found, reduction, written, seconds);
    }

    private int inputSide() {
        return Math.min(classifier.inputSize().width(), classifier.inputSize().height());
    }
}
