package dev.snug.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Rates from measurements. The oracle is the estimate itself, which must then say what was
 * measured.
 */
class CpuRateTest {
    private static final double WORK = 3e10;
    private static final double START = 0.4;

    private static double seconds(CpuRate rate) {
        return START + rate.seconds(WORK);
    }

    @Test
    void anEstimateAtACalibratedRateIsWhatWasMeasured() {
        CpuRate rate = CpuRate.calibrated(CpuRateTest::seconds, 2_900_000);

        assertThat(rate.isMeasured()).isTrue();
        assertThat(seconds(rate)).isCloseTo(2.9, Offset.offset(1e-9));
        assertThat(rate.multiplyAdds()).isCloseTo(WORK / 2.5, Offset.offset(1.0));
    }

    @Test
    void aMeasurementThatLeavesNothingForTheModelIsNotUsed() {
        assertThat(CpuRate.calibrated(CpuRateTest::seconds, 300_000)).isEqualTo(CpuRate.GUESS);
    }
}
