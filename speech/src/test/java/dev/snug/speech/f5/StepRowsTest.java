package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.schedule.Schedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Rows of the table that an import makes. The oracle is the graph that they come from. */
class StepRowsTest {
    @TempDir Path folder;

    @Test
    void moreStepsThanAGroupOfRowsAreTheSameAsTheirTable() throws IOException {
        Bundle bundle = installed();
        F5Layout layout = layout(bundle);
        Schedule usual = Schedule.uniform(32, Schedule.SWAY);
        F5Layout without =
                new F5Layout(layout.version(), layout.sizes(), layout.parameters(), List.of());

        try (StepRows mapped = StepRows.of(bundle, layout, SessionSettings.MAPPED, usual);
                StepRows made = StepRows.of(bundle, without, SessionSettings.MAPPED, usual)) {
            for (int step = 0; step < 32; step++) {
                assertThat(made.row(step).toFloats()).isEqualTo(mapped.row(step).toFloats());
            }
        }
    }

    @Test
    void everyScheduleOfF5IsInTheTable() throws IOException {
        F5Layout layout = layout(installed());
        for (int steps : new int[] {1, 2, 4, 8, 16, 32}) {
            assertKnown(layout, Schedule.uniform(steps, Schedule.SWAY));
        }
        for (int steps : new int[] {5, 6, 7, 10, 12, 16}) {
            assertKnown(layout, Schedule.epss(steps, Schedule.SWAY));
        }
    }

    private static void assertKnown(F5Layout layout, Schedule schedule) {
        for (int step = 0; step < schedule.steps(); step++) {
            assertThat(layout.times()).as("%s", schedule).contains(schedule.times()[step]);
        }
    }

    private static F5Layout layout(Bundle bundle) {
        return F5Layout.parse(
                SpeechSettings.parse(bundle.manifest().settings(), "the manifest").layout(), "");
    }

    private Bundle installed() throws IOException {
        return CheckpointFolder.installed(
                CheckpointFolder.golden(folder.resolve("a")), null, folder.resolve("home"));
    }
}
