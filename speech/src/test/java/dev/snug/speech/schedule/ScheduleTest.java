package dev.snug.speech.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Time points. The oracle is F5-TTS and its exporter: expected.json and golden.json have their
 * times. They agree to one step of float32 below 1 (6e-8), by which torch's and Java's float
 * cosines differ; the two files differ by as much from each other.
 */
final class ScheduleTest {
    private static final float STEP = 0x1p-24f * 1.01f;

    @ParameterizedTest
    @CsvSource({"v1_uniform32,32", "v1_uniform16,16", "export_31_steps,31"})
    void uniformTimesAreThoseOfTheOriginal(String key, int steps) {
        assertClose(
                Schedule.uniform(steps, Schedule.SWAY),
                StageGolden.models().member("schedules").floats(key),
                STEP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_epss7", "v0_epss7"})
    void prunedTimesAreThoseOfTheOriginal(String key) {
        assertClose(
                Schedule.epss(7, Schedule.SWAY),
                StageGolden.models().member("schedules").floats(key),
                STEP);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 10, 12, 16})
    void everyPrunedGridIsThatOfTheOriginal(int steps) {
        StageGolden grids = StageGolden.functions().member("schedule").member("epss_sway");
        // Computed in float64 there.
        assertClose(
                Schedule.epss(steps, Schedule.SWAY),
                grids.floats(Integer.toString(steps)),
                2 * STEP);
    }

    @Test
    void theExportedGridHasTheTimesAndDeltasOfTheExporter() {
        StageGolden schedule = StageGolden.functions().member("schedule");
        Schedule export = Schedule.export();
        assertClose(export, schedule.floats("export_32_points_sway"), 2 * STEP);
        float[] deltas = schedule.floats("export_delta");
        assertThat(export.steps()).isEqualTo(31).isEqualTo(deltas.length);
        for (int i = 0; i < deltas.length; i++) {
            assertThat(export.delta(i)).isCloseTo(deltas[i], within(4 * STEP));
        }
    }

    @Test
    void aNumberOfStepsWithoutAPrunedGridIsUniform() {
        assertThat(Schedule.epss(8, -1)).isEqualTo(Schedule.uniform(8, -1));
        assertThat(Schedule.epss(7, -1)).isNotEqualTo(Schedule.uniform(7, -1));
    }

    @Test
    void withoutSwayTheStepsAreEqual() {
        assertThat(Schedule.uniform(4, 0).times()).containsExactly(0, 0.25f, 0.5f, 0.75f, 1);
    }

    @Test
    void everyNumberOfStepsRisesFromZeroToExactlyOne() {
        for (int steps = 1; steps <= Schedule.STEPS_MAX; steps++) {
            for (float sway : new float[] {-1, 0, 0.4f, Schedule.SWAY_MAX}) {
                float[] times = Schedule.uniform(steps, sway).times();
                assertThat(times.length).isEqualTo(steps + 1);
                assertThat(times[steps]).isEqualTo(1);
            }
        }
    }

    @Test
    void stepsAndSwayOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Schedule.uniform(0, -1))
                .hasMessage("0 steps are out of range 1 to 1000");
        assertThatThrownBy(() -> Schedule.epss(1001, -1)).hasMessageContaining("1001 steps");
        assertThatThrownBy(() -> Schedule.uniform(8, -1.1f)).hasMessageContaining("sway -1.1");
        assertThatThrownBy(() -> Schedule.uniform(8, Float.NaN)).hasMessageContaining("sway NaN");
    }

    @Test
    void timesThatStopEarlyOrFallAreRefused() {
        assertThatThrownBy(() -> new Schedule(new float[] {0, 0.275f}))
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new Schedule(new float[] {0, 0.5f, 0.5f, 1}))
                .hasMessageContaining("time 2");
        assertThatThrownBy(() -> new Schedule(new float[] {0, Float.NaN, 1}))
                .hasMessageContaining("time 1");
        assertThatThrownBy(() -> new Schedule(new float[0])).hasMessageContaining("-1 steps");
    }

    private static void assertClose(Schedule schedule, float[] times, float tolerance) {
        assertThat(schedule.times()).hasSize(times.length);
        for (int i = 0; i < times.length; i++) {
            assertThat(schedule.times()[i]).isCloseTo(times[i], within(tolerance));
        }
    }
}
