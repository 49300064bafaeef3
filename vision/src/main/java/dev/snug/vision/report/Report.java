package dev.snug.vision.report;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.BoxReduction;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.PhotoFinding;
import dev.snug.vision.picture.PhotoFinding.Concern;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.Reduction;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that stands on a report.
 *
 * @param language of its words
 * @param made when
 * @param model that answered
 * @param photo what was looked at
 * @param map where the model looked; empty when nobody asked
 * @param scores every class once, likeliest first; the first {@link #CLASSES_MAX} are shown
 * @param patient what was said of the patient
 * @param file of the picture
 */
public record Report(
        ReportLanguage language,
        Instant made,
        Model model,
        Photo photo,
        Optional<Map> map,
        List<ClassScore> scores,
        Patient patient,
        File file) {
    /** Pixels: 240 an inch where one photo stands beside its map. */
    public static final int PHOTO_SIDE = 1000;

    /** Classes that fit beside everything else; the rest is counted. */
    public static final int CLASSES_MAX = 8;

    /** Characters of a file's name; more than file systems have. */
    public static final int NAME_CHARS_MAX = 255;

    /**
     * A model as it is named.
     *
     * @param source where it came from
     * @param licence as its maker states it; null where none is stated
     * @param version SHA-256 of its manifest, which names weights and settings exactly
     */
    public record Model(String name, String source, @Nullable String licence, String version) {
        /** What {@code bundle} says of itself. */
        public static Model of(Bundle bundle) {
            return new Model(
                    bundle.manifest().name(),
                    bundle.manifest().source(),
                    bundle.manifest().licence(),
                    bundle.manifestSha256());
        }
    }

    /**
     * A heat map.
     *
     * @param values of the map
     * @param colours that it is shown in
     * @param explained the class it is for
     */
    public record Map(HeatMap values, ColorMap colours, ClassLabel explained) {}

    /**
     * What was looked at.
     *
     * @param pixels at most {@link #PHOTO_SIDE} a side
     * @param concerns what the photo check found
     * @param reduction how it was decoded where it does not fit whole
     */
    public record Photo(Picture pixels, List<Concern> concerns, Optional<Reduction> reduction) {
        public Photo {
            concerns = List.copyOf(concerns);
        }

        /** What of {@code picture} goes onto the page; it may be given up afterwards. */
        public static Photo of(Picture picture, List<PhotoFinding> findings) {
            return new Photo(
                    BoxReduction.of(picture, PHOTO_SIDE),
                    findings.stream().map(PhotoFinding::concern).toList(),
                    picture.reduction());
        }
    }

    /**
     * A picture's file; nothing else of it is known here.
     *
     * @param name to be shown, without folders; null for none
     * @param sha256 of its content, 64 hexadecimal digits
     */
    public record File(@Nullable String name, String sha256) {}

    public Report {
        scores = List.copyOf(scores);
    }
}
