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
        StepTable table = table(bundle);
        Schedule usual = Schedule.uniform(32, Schedule.SWAY);
        StepTable without = new StepTable(table.values(), List.of());

        try (StepRows mapped = StepRows.of(bundle, table, SessionSettings.MAPPED, usual);
                StepRows made = StepRows.of(bundle, without, SessionSettings.MAPPED, usual)) {
            for (int step = 0; step < 32; step++) {
                assertThat(made.row(step).toFloats()).isEqualTo(mapped.row(step).toFloats());
            }
        }
    }

    @Test
    void everyScheduleOfF5IsInTheTable() throws IOException {
        StepTable table = table(installed());
        for (int steps : new int[] {1, 2, 4, 8, 16, 32}) {
            assertKnown(table, Schedule.uniform(steps, Schedule.SWAY));
        }
        for (int steps : new int[] {5, 6, 7, 10, 12, 16}) {
            assertKnown(table, Schedule.epss(steps, Schedule.SWAY));
        }
    }

    private static void assertKnown(StepTable table, Schedule schedule) {
        for (int step = 0; step < schedule.steps(); step++) {
            assertThat(table.times()).as("%s", schedule).contains(schedule.times()[step]);
        }
    }

    private static StepTable table(Bundle bundle) {
        return F5Layout.parse(
                        SpeechSettings.parse(bundle.manifest().settings(), "the manifest").layout(),
                        "")
                .table();
    }

    private Bundle installed() throws IOException {
        return CheckpointFolder.installed(
                CheckpointFolder.golden(folder.resolve("a")), null, folder.resolve("home"));
    }
}
