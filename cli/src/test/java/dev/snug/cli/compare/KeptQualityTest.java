package dev.snug.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.compare.KeptQuality.Reason;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.bundle.Measured;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** When a comparison says what a variant is worth. The oracle is docs/decisions/0029. */
final class KeptQualityTest {
    private static final Manifest SKIN = model("skin", "a");
    private static final Manifest INT8 =
            SKIN.asVariant("skin:int8", new Variant("int8", 1), List.of());

    @Test
    void aVariantAndItsModelInAnyOrderAreKeptWithTheVariant() {
        assertThat(KeptQuality.of(SKIN, INT8, true, false).variant()).isEqualTo("skin:int8");
        assertThat(KeptQuality.of(INT8, SKIN, true, false).variant()).isEqualTo("skin:int8");
    }

    @Test
    void twoVariantsOrTwoModelsAreNotKept() {
        Manifest half = SKIN.asVariant("skin:fp16", new Variant("fp16", 1), List.of());

        assertThat(KeptQuality.of(half, INT8, true, false).reason()).isEqualTo(Reason.NO_VARIANT);
        assertThat(KeptQuality.of(SKIN, model("other", "a"), true, false).reason())
                .isEqualTo(Reason.NO_VARIANT);
    }

    @Test
    void otherWeightsRandomOnesAndNothingComparedAreNotKeptAndSaySo() {
        assertThat(KeptQuality.of(model("skin", "b"), INT8, true, false))
                .isEqualTo(new KeptQuality(Reason.OTHER_SOURCE, "skin:int8"));
        assertThat(KeptQuality.of(SKIN, INT8, true, true).words()).contains("random");
        assertThat(KeptQuality.of(SKIN, INT8, false, false).variant()).isNull();
    }

    private static Manifest model(String name, String digit) {
        return new Manifest(
                name,
                "image-classifier",
                "a file",
                digit.repeat(64),
                null,
                "snug",
                1,
                Map.of(),
                List.of(),
                List.of(new Variant("fp32", 4)),
                Map.of(),
                Measured.NONE,
                Map.of());
    }
}
