package dev.snug.vision.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.Tensor;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.explain.HeatMap;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Answers beside answers. The oracles are sums done by hand. */
final class QualityTest {
    private static Classification answer(float a, float b, float... map) {
        ClassScore first = new ClassScore(new ClassLabel("a", "a", null), a);
        ClassScore second = new ClassScore(new ClassLabel("b", "b", null), b);
        return new Classification(
                a > b ? List.of(first, second) : List.of(second, first),
                map.length == 0 ? null : HeatMap.of(Tensor.floats(map, 1, map.length)));
    }

    private static CaseDifference difference(double probability, double correlation) {
        return new CaseDifference(true, probability, OptionalDouble.of(correlation));
    }

    @Test
    void correlationIsThatOfPearson() {
        // Deviations −1, 0, 1 and −2, 1, 1: 3 / √(2 · 6).
        assertThat(Correlation.pearson(new float[] {1, 2, 3}, new float[] {1, 4, 4}))
                .isCloseTo(3 / Math.sqrt(12), within(1e-12));
        assertThat(Correlation.pearson(new float[] {1, 2}, new float[] {20, 40})).isEqualTo(1);
        assertThat(Correlation.pearson(new float[] {1, 2}, new float[] {2, 1})).isEqualTo(-1);
        assertThat(Correlation.pearson(new float[] {0, 0}, new float[] {0, 0})).isEqualTo(1);
        assertThat(Correlation.pearson(new float[] {0, 0}, new float[] {0, 1})).isZero();
        assertThatThrownBy(() -> Correlation.pearson(new float[1], new float[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLargestProbabilityAndTheTopClassAreComparedById() {
        CaseDifference found = CaseDifference.of(answer(0.6f, 0.4f), answer(0.45f, 0.55f));

        assertThat(found.sameTop()).isFalse();
        assertThat(found.probabilityDifference()).isCloseTo(0.15, within(1e-6));
        assertThat(found.mapCorrelation()).isEmpty();
    }

    @Test
    void aMapOfNothingHasNothingToKeepAndOneThatVanishesIsLost() {
        Classification something = answer(0.6f, 0.4f, 0, 1, 2);
        Classification nothing = answer(0.6f, 0.4f, 0, 0, 0);

        assertThat(CaseDifference.of(nothing, something).mapCorrelation()).isEmpty();
        assertThat(CaseDifference.of(something, nothing).mapCorrelation()).hasValue(0);
        assertThat(CaseDifference.of(something, something).mapCorrelation().orElseThrow())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void classesThatOneOfTheTwoDoesNotKnowAreAnError() {
        Classification other =
                new Classification(
                        List.of(new ClassScore(new ClassLabel("c", "c", null), 1)), null);

        assertThatThrownBy(() -> CaseDifference.of(answer(0.6f, 0.4f), other))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figuresAreTheSumOfTheCases() {
        Quality quality =
                Quality.of(
                        List.of(
                                difference(0.01, 0.8),
                                difference(0.03, 0.9),
                                new CaseDifference(false, 0, OptionalDouble.of(1)),
                                new CaseDifference(true, 0.02, OptionalDouble.empty())));

        assertThat(quality.figures())
                .isEqualTo(
                        Map.of(
                                "cases", 4.0,
                                "top1_agreement", 0.75,
                                "probability_difference_max", 0.03,
                                "map_correlation_median", 0.9,
                                "map_correlation_min", 0.8));
        assertThat(Quality.of(List.of(CaseDifference.of(answer(1, 0), answer(1, 0)))).figures())
                .doesNotContainKeys("map_correlation_median", "map_correlation_min");
    }

    @Test
    void theFigureThatUsesMostOfTheTargetDecides() {
        QualityTarget target = new QualityTarget(0.98, 0.9, 0.02);

        assertThat(Quality.of(List.of(difference(0.01, 1))).share(target))
                .isCloseTo(0.5, within(1e-9));
        assertThat(Quality.of(List.of(difference(0.01, 0.96))).share(target))
                .isCloseTo(2, within(1e-9));
        assertThat(
                        Quality.of(List.of(difference(0, 1), difference(0, 1), difference(0, 0.7)))
                                .share(target))
                .isCloseTo(3, within(1e-9));
    }
}
