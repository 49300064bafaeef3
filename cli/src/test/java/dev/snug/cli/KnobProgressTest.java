package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.knobs.JobFigures;
import dev.snug.cli.knobs.JobFigures.Load;
import dev.snug.cli.knobs.JobFigures.Time;

import org.junit.jupiter.api.Test;

/** What is told of the rest of a knob report, and how it is sampled. The oracle is arithmetic. */
final class KnobProgressTest {
    @Test
    void theRestIsToldInMinutesFromWhatWasDone() {
        assertThat(KnobProgress.rest(0, 10, 0)).isEmpty();
        assertThat(KnobProgress.rest(5, 10, 200)).isEqualTo(", about 3 min left");
        assertThat(KnobProgress.rest(9, 10, 200)).isEqualTo(", less than a minute left");
    }

    @Test
    void shortStepsAreSampledInALongerRowThanLongOnes() {
        assertThat(KnobMeasuring.sampled(stepOf(0.02))).hasValue(KnobMeasuring.SHORT_STEPS);
        assertThat(KnobMeasuring.sampled(stepOf(7))).hasValue(KnobMeasuring.STEPS);
    }

    private static JobFigures stepOf(double cpuSeconds) {
        Time step = new Time(cpuSeconds, cpuSeconds);
        return new JobFigures(1, 1, 0, step, step, step, 2, new Load(1, 1, 1, 1));
    }
}
