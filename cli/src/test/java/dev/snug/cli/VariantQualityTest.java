package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.bundle.Measured;
import dev.snug.vision.ClassifierImport;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** What a variant is worth, in words. The oracle is what was noted of it. */
final class VariantQualityTest {
    @Test
    void whatWasNotComparedSaysHowItIs() {
        assertThat(VariantQuality.words(variant("a file"), Measured.NONE))
                .isEqualTo("quality not compared: snug compare skin skin:int8 --on PICTURES");
    }

    @Test
    void whatWasComparedIsToldWithTheNumberOfCases() {
        Measured measured =
                Measured.NONE.withQuality(
                        Map.of(
                                "cases", 20.0,
                                "top1_agreement", 0.95,
                                "probability_difference_max", 0.0123,
                                "map_correlation_median", 0.995,
                                "map_correlation_min", 0.91));

        assertThat(VariantQuality.words(variant("a file"), measured))
                .isEqualTo(
                        "quality on 20 pictures: the same class as skin on 95.0 %, probabilities at"
                                + " most 0.0123 apart, maps correlate 0.9950 (least 0.9100)");
    }

    @Test
    void randomWeightsHaveADash() {
        assertThat(
                        VariantQuality.words(
                                variant("snug synth-model efficientnetv2-s --seed 1"),
                                Measured.NONE))
                .isEqualTo("quality: – (random weights)");
    }

    private static Manifest variant(String source) {
        return new Manifest(
                "skin:int8",
                ClassifierImport.KIND,
                source,
                "a".repeat(64),
                null,
                "snug",
                1,
                Map.of(),
                List.of(),
                List.of(new Variant("int8", 4)),
                Map.of(),
                Measured.NONE,
                Map.of());
    }
}
