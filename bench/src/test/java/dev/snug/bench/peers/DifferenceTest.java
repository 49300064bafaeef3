package dev.snug.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The oracles are differences worked out by hand. */
final class DifferenceTest {
    private static final int CLASSES = 2;

    @Test
    void soundIsComparedByItsRelativeError() {
        Difference difference = Difference.ofSound(new float[] {3, 4.01f}, new float[] {3, 4});
        assertThat(difference.largest()).isCloseTo(0.002, within(1e-5));
        assertThat(difference.text()).endsWith("samples 2.0e-03");
        assertThat(Difference.ofSound(new float[] {3, 4}, new float[] {3, 4}).text())
                .isEqualTo("equal: samples 0.0e+00");
        assertThat(Difference.ofSound(new float[] {3, 4.1f}, new float[] {3, 4}).text())
                .isEqualTo("differs by samples 2.0e-02");
    }

    @Test
    void soundOfAnotherLengthIsNotEqual() {
        Difference difference = Difference.ofSound(new float[] {1}, new float[] {1, 2});
        assertThat(difference.isEqual()).isFalse();
        assertThat(difference.text()).isEqualTo("differs: 1 samples, not 2");
    }

    @Test
    void aWrongProbabilityIsSeenBehindARightMap() {
        float[] right = {0.4f, 0.6f, 0, 0.5f, 1};
        float[] answer = {0.41f, 0.59f, 0, 0.5f, 1};
        Difference difference = Difference.ofPicture(answer, right, CLASSES);
        assertThat(difference.isEqual()).isFalse();
        assertThat(difference.text())
                .isEqualTo("differs by probability 1.0e-02, map 0.0e+00 (correlation 1.000)");
    }

    @Test
    void aWrongMapIsSeenBehindRightProbabilities() {
        float[] right = {0.4f, 0.6f, 0, 0.5f, 1};
        float[] answer = {0.4f, 0.6f, 1, 0.5f, 0};
        Difference difference = Difference.ofPicture(answer, right, CLASSES);
        assertThat(difference.isEqual()).isFalse();
        assertThat(difference.text()).contains("correlation -1.000");
    }

    @Test
    void aMapOfOneValueCorrelatesWithNothing() {
        float[] right = {0.4f, 0.6f, 0, 0.5f, 1};
        assertThat(Difference.correlation(new float[] {0.4f, 0.6f, 0, 0, 0}, right, CLASSES))
                .isZero();
    }
}
