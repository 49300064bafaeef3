package dev.snug.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: division by the maximum, by hand. */
final class HeatMapTest {
    @Test
    void theLargestValueBecomesOne() {
        HeatMap map = HeatMap.of(Tensor.floats(new float[] {0, 1, 2, 4, 0, 3}, 2, 3));

        assertThat(map.values()).containsExactly(0, 0.25f, 0.5f, 1, 0, 0.75f);
        assertThat(map.height()).isEqualTo(2);
        assertThat(map.width()).isEqualTo(3);
        assertThat(map.at(1, 2)).isEqualTo(0.75f);
        assertThat(map.rawMaximum()).isEqualTo(4);
        assertThat(map.nothingStandsOut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, 1e-11f, 1e-10f})
    void aMapWithNothingAboveTheThresholdSaysSo(float largest) {
        HeatMap map = HeatMap.of(Tensor.floats(new float[] {largest, 0}, 1, 2));

        assertThat(map.nothingStandsOut()).isTrue();
        assertThat(map.values()).containsExactly(0, 0);
    }

    @Test
    void aSmallButRealMapIsShown() {
        HeatMap map = HeatMap.of(Tensor.floats(new float[] {2e-10f, 1e-10f}, 1, 2));

        assertThat(map.nothingStandsOut()).isFalse();
        assertThat(map.values()).containsExactly(1, 0.5f);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aValueThatIsNotFiniteIsAnErrorNotAMap(float value) {
        Tensor raw = Tensor.floats(new float[] {1, value}, 1, 2);

        assertThatThrownBy(() -> HeatMap.of(raw))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining(Float.toString(value));
    }

    @Test
    void anotherShapeIsRefused() {
        Tensor flat = Tensor.floats(new float[] {1, 2}, 2);

        assertThatThrownBy(() -> HeatMap.of(flat)).isInstanceOf(OnnxException.class);
    }

    @Test
    void changingTheCopyOfTheValuesDoesNotChangeTheMap() {
        HeatMap map = HeatMap.of(Tensor.floats(new float[] {1, 2}, 1, 2));
        map.values()[0] = 7;

        assertThat(map.at(0, 0)).isEqualTo(0.5f);
    }
}
