package dev.snug.server.answer;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * What is on a picture?
 *
 * @param model that is to answer; null for the default
 * @param file of the picture, which stays until it is answered
 * @param sha256 of the file's content, 64 hexadecimal digits
 * @param heatMap whether and how to show where the model looked
 * @param overlayFile where {@link HeatMapForm#OVERLAY} is written; null with the other forms
 * @param explainedClass id of the class to explain; null for the likeliest
 * @param colours name of a colour map, {@code viridis} or {@code jet}
 * @param sex of the patient, a word that the model knows, or null
 * @param location on the body, a word that the model knows, or null
 * @param ageYears of the patient, or null
 * @param isChecked whether a photo that is too small, dark, blurred or shows no skin is refused
 */
public record PictureQuestion(
        @Nullable String model,
        Path file,
        String sha256,
        HeatMapForm heatMap,
        @Nullable Path overlayFile,
        @Nullable String explainedClass,
        String colours,
        @Nullable String sex,
        @Nullable String location,
        @Nullable Double ageYears,
        boolean isChecked) {
    public PictureQuestion {
        if ((heatMap == HeatMapForm.OVERLAY) != (overlayFile != null)) {
            throw new IllegalArgumentException("an overlay needs a file, and nothing else does");
        }
    }

    /** How a heat map comes. */
    public enum HeatMapForm {
        /** Not at all: it is not computed. */
        NONE,
        /** PNG of the map laid over the picture, as large as it: what the command line writes. */
        OVERLAY,
        /** PNG of the map alone, with opacity, to be laid over the picture by a page; some KiB. */
        LAYER
    }
}
