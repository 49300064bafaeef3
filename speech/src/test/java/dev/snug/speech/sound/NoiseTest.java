package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/**
 * Noise. The oracles are the normal distribution (moments and the Kolmogorov-Smirnov bound), bit
 * patterns pinned when the generator was written, and for the reference data's own generator the
 * statistics in expected.json.
 */
final class NoiseTest {
    private static final int COUNT = 200_000;
    private static final float[] PINNED = {
        -1.3457934f, 1.2912965f, -0.1174817f, 1.2707665f, 0.92801154f
    };

    @Test
    void valuesAreNormal() {
        float[] values = new Noise(9527).values(0, COUNT);
        double sum = 0;
        double squares = 0;
        double neighbours = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += values[i];
            squares += values[i] * values[i];
            neighbours += i > 0 ? values[i] * values[i - 1] : 0;
        }
        // Four standard errors each.
        assertThat(sum / COUNT).isCloseTo(0, within(4 / Math.sqrt(COUNT)));
        assertThat(squares / COUNT).isCloseTo(1, within(4 * Math.sqrt(2.0 / COUNT)));
        assertThat(neighbours / COUNT).isCloseTo(0, within(4 / Math.sqrt(COUNT)));
        assertThat(distanceFromNormal(values)).isLessThan(1.95 / Math.sqrt(COUNT));
    }

    @Test
    void aValueDependsOnSeedChunkAndPlaceAlone() {
        float[] long7 = new Noise(7).values(3, 1_001);
        assertThat(Arrays.copyOf(long7, 500)).isEqualTo(new Noise(7).values(3, 500));
        assertThat(new Noise(7).values(3, 501)[500]).isEqualTo(long7[500]);
        assertThat(new Noise(7).values(4, 1_001)).isNotEqualTo(long7);
        assertThat(new Noise(8).values(3, 1_001)).isNotEqualTo(long7);
    }

    @Test
    void valuesAreTheSameOnEveryMachineAndJdk() {
        assertThat(new Noise(9527).values(0, 5)).containsExactly(PINNED);
    }

    @Test
    void theGeneratorOfTheReferenceDataIsReproduced() {
        StageGolden noise = StageGolden.models().member("arrays").member("noise");
        float[] values = Lcg.values(3930, 269 * 100);
        double sum = 0;
        double squares = 0;
        float most = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            most = Math.max(most, value);
        }
        assertThat(most).isEqualTo((float) noise.number("max"));
        assertThat(sum / values.length).isCloseTo(noise.number("mean"), within(1e-12));
        assertThat(Math.sqrt(squares / values.length))
                .isCloseTo(noise.number("rms"), within(1e-12));
    }

    /** Greatest distance of the empirical distribution from the normal one. */
    private static double distanceFromNormal(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double most = 0;
        double area = 0;
        double at = -9;
        for (int i = 0; i < sorted.length; i++) {
            // Simpson's rule from the value before; enough for distances of 1e-3.
            double width = sorted[i] - at;
            int parts = Math.max(1, (int) (width * 100));
            double step = width / parts;
            for (int k = 0; k < parts; k++) {
                double x = at + k * step;
                area += step / 6 * (density(x) + 4 * density(x + step / 2) + density(x + step));
            }
            at = sorted[i];
            most = Math.max(most, Math.abs(area - (i + 0.5) / sorted.length));
        }
        return most;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
