package dev.snug.cli.knobs;

import static dev.snug.cli.knobs.Made.MIB;
import static dev.snug.cli.knobs.Made.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.runtime.measure.MemorySample;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What is read off a memory log. The oracles are sums that a reader can do. */
final class JobFiguresTest {
    private static final List<MemorySample> SPOKEN =
            List.of(
                    sample(0, 20, 30, 50, 300, ""),
                    sample(100, 25, 30, 55, 400, "voice"),
                    sample(300, 30, 40, 70, 600, "text"),
                    sample(500, 40, 50, 95, 800, "velocity 1/3"),
                    sample(800, 60, 60, 130, 1100, "velocity 1/3"),
                    sample(1500, 60, 60, 130, 1800, "velocity 2/3"),
                    sample(1700, 60, 60, 130, 2000, "velocity 3/3"),
                    sample(1900, 30, 70, 130, 2200, "vocoder"),
                    sample(2000, 30, 70, 130, 2400, "sound"));

    @Test
    void aStepIsTheMeanOfAllButTheFirst() {
        JobFigures figures = JobFigures.of(Job.speaking("voice", 8), SPOKEN, 2.6, 0);

        assertThat(figures.units()).isEqualTo(3);
        assertThat(figures.unit().seconds()).isCloseTo(0.2, within(1e-9));
        assertThat(figures.unit().cpuSeconds()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void theStartIsWhatComesBeforeTheFirstChunkTheProcessItselfIncluded() {
        JobFigures figures = JobFigures.of(Job.speaking("voice", 8), SPOKEN, 2.6, 0);

        assertThat(figures.whole().seconds()).isEqualTo(2.6);
        assertThat(figures.whole().cpuSeconds()).isEqualTo(2.4);
        assertThat(figures.start().seconds()).isCloseTo(2.6 - 1.7, within(1e-9));
        assertThat(figures.start().cpuSeconds()).isEqualTo(0.6);
    }

    @Test
    void aPeakBetweenTwoSamplesIsFoundAgainAsWhatFilesNeverFilled() {
        JobFigures figures = JobFigures.of(Job.speaking("voice", 8), SPOKEN, 2.6, 0);

        assertThat(figures.peakBytes()).isEqualTo(130.0 * MIB);
        assertThat(figures.anonymousBytes()).isEqualTo(60.0 * MIB);
    }

    @Test
    void stepsAreAddedAtTheTimeOfOneAndTakeNoMemory() {
        JobFigures more = JobFigures.of(Job.speaking("voice", 8), SPOKEN, 2.6, 0).ofUnits(13);

        assertThat(more.whole().seconds()).isCloseTo(2.6 + 10 * 0.2, within(1e-9));
        assertThat(more.peakBytes()).isEqualTo(130.0 * MIB);
    }

    @Test
    void picturesAreToldFromTheSecondOneOnAndLoadingUntilTheFirst() {
        List<MemorySample> samples =
                List.of(
                        sample(0, 20, 30, 50, 300, ""),
                        sample(200, 30, 120, 150, 500, "decode"),
                        sample(500, 40, 130, 180, 800, "run"),
                        sample(700, 40, 130, 180, 1000, "decode"),
                        sample(710, 40, 130, 180, 1010, "run"),
                        sample(800, 40, 130, 180, 1100, "decode"),
                        sample(820, 40, 130, 180, 1110, "run"),
                        sample(900, 40, 130, 180, 1200, "overlay"));
        JobFigures figures = JobFigures.of(Job.answering("skin", 3), samples, 1.4, 0);

        assertThat(figures.unit().seconds()).isCloseTo(0.1, within(1e-9));
        assertThat(figures.before())
                .isEqualTo(new JobFigures.Load(50.0 * MIB, 20.0 * MIB, 100.0 * MIB, 0.2));
    }

    @Test
    void ofSeveralRunsTheMiddleOneCountsForEachFigure() {
        JobFigures median =
                JobFigures.median(
                        List.of(Made.spoken(100, 50), Made.spoken(300, 40), Made.spoken(120, 70)));

        assertThat(median.peakBytes()).isEqualTo(120.0 * MIB);
        assertThat(median.anonymousBytes()).isEqualTo(50.0 * MIB);
    }

    @Test
    void aLogWithoutTheStageHasNoTimeOfAStep() {
        JobFigures figures =
                JobFigures.of(
                        Job.speaking("voice", 8), List.of(sample(0, 1, 1, 2, 10, "")), 0.5, 0);

        assertThat(figures.unit()).isEqualTo(JobFigures.Time.NONE);
        assertThat(figures.units()).isEqualTo(1);
    }
}
