package dev.snug.cli;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.Classification;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.PhotoCheck;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.report.Report;
import dev.snug.vision.report.ReportLanguage;
import dev.snug.vision.report.ReportMemory;
import dev.snug.vision.report.ReportPage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The reports of a command, a page of PDF for each picture.
 *
 * @param files where they go
 * @param model that answers
 * @param language of their words
 * @param patient what was said of the patient
 * @param colours of heat maps
 * @param explained the class that was asked about; null for each picture's likeliest
 * @param clock the time that stands on a report
 */
record ReportFiles(
        PictureFiles files,
        Report.Model model,
        ReportLanguage language,
        Patient patient,
        ColorMap colours,
        @Nullable ClassLabel explained,
        InstantSource clock) {
    /**
     * What goes onto the page of {@code picture}, which may be given up then.
     *
     * @param inputSide shorter side of the model's input, in pixels
     */
    static Report.Photo photo(Picture picture, int inputSide) {
        return Report.Photo.of(picture, PhotoCheck.of(picture, inputSide));
    }

    /**
     * Writes the report of the picture in {@code file}, whole or not at all.
     *
     * @param pictures account that it is reserved in
     */
    Path write(Path file, Report.Photo photo, Classification found, Account pictures)
            throws IOException {
        Report report =
                new Report(
                        language,
                        clock.instant(),
                        model,
                        photo,
                        Optional.ofNullable(found.heatMap())
                                .map(map -> new Report.Map(map, colours, label(found))),
                        found.scores(),
                        patient,
                        new Report.File(name(file), checksum(file)));
        Path target = files.of(file);
        try (Reservation _ = pictures.reserve("a report", ReportMemory.HEAP_BYTES)) {
            WholeFile.write(target, out -> ReportPage.write(report, out));
        }
        return target;
    }

    private static String checksum(Path file) throws IOException {
        return Checksum.of(file.toRealPath(), _ -> {}).sha256();
    }

    private ClassLabel label(Classification found) {
        return explained == null ? found.top().label() : explained;
    }

    private static @Nullable String name(Path file) {
        Path name = file.getFileName();
        return name == null ? null : name.toString();
    }
}
