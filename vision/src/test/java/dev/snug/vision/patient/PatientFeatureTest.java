package dev.snug.vision.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The oracle is the encoding that the sklesion package documents. */
final class PatientFeatureTest {
    private static final List<PatientFeature> FEATURES =
            List.of(
                    new PatientFeature.OneHot(
                            PatientFeature.Field.SEX,
                            List.of("female", "male", "unknown"),
                            "unknown"),
                    new PatientFeature.Scaled(PatientFeature.Field.AGE, 90, 45),
                    new PatientFeature.Missing(PatientFeature.Field.AGE));

    @Test
    void knownValuesBecomeOnesAndFractions() {
        assertThat(PatientFeature.encode(FEATURES, new Patient("male", null, 22.5)))
                .containsExactly(0, 1, 0, 0.25f, 0);
    }

    @Test
    void whatIsNotSaidTakesTheAbsentValueAndRaisesTheFlag() {
        assertThat(PatientFeature.encode(FEATURES, Patient.UNKNOWN))
                .containsExactly(0, 0, 1, 0.5f, 1);
    }

    @Test
    void anUnknownWordIsRefusedWithTheWordsThatWork() {
        Patient patient = new Patient("other", null, null);
        assertThatThrownBy(() -> PatientFeature.encode(FEATURES, patient))
                .isInstanceOf(PatientException.class)
                .hasMessage("the model knows no sex \"other\"; it knows female, male, unknown");
    }

    @Test
    void anAgeThatNobodyReachesIsRefused() {
        assertThatThrownBy(() -> new Patient(null, null, 1984.0))
                .hasMessageContaining("0 to 130 years");
        assertThatThrownBy(() -> new Patient(null, null, Double.NaN))
                .isInstanceOf(PatientException.class);
    }
}
