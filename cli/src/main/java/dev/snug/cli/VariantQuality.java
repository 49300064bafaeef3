package dev.snug.cli;

import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.vision.ClassifierImport;

import java.util.Locale;
import java.util.Map;

/** What a variant's answers are worth beside those of the model it was made from, in words. */
final class VariantQuality {
    private VariantQuality() {}

    /**
     * One line.
     *
     * @param variant a model whose name is a variant's
     * @param measured of that model
     */
    static String words(Manifest variant, Measured measured) {
        String base = ModelName.of(variant.name()).base();
        Map<String, Double> quality = measured.quality();
        if (RandomWeights.in(variant)) {
            return "quality: – (random weights)";
        }
        if (quality.isEmpty()) {
            return "quality not compared: snug compare %s %s --on %s"
                    .formatted(
                            base,
                            variant.name(),
                            variant.kind().equals(ClassifierImport.KIND)
                                    ? "PICTURES"
                                    : "sentences.txt");
        }
        double cases = quality.getOrDefault("cases", 0.0);
        if (variant.kind().equals(ClassifierImport.KIND)) {
            return String.format(
                    Locale.ROOT,
                    "quality on %.0f pictures: the same class as %s on %.1f %%, probabilities at"
                            + " most %.4f apart%s",
                    cases,
                    base,
                    100 * quality.getOrDefault("top1_agreement", Double.NaN),
                    quality.getOrDefault("probability_difference_max", Double.NaN),
                    maps(quality));
        }
        return String.format(
                Locale.ROOT,
                "quality on %.0f sentences: mel %.2f dB from %s's at the median, %.2f at most",
                cases,
                quality.getOrDefault("mel_distance_db_median", Double.NaN),
                base,
                quality.getOrDefault("mel_distance_db_max", Double.NaN));
    }

    private static String maps(Map<String, Double> quality) {
        Double median = quality.get("map_correlation_median");
        Double least = quality.get("map_correlation_min");
        return median == null || least == null
                ? ""
                : String.format(Locale.ROOT, ", maps correlate %.4f (least %.4f)", median, least);
    }
}
