package dev.snug.cli.knobs;

import static dev.snug.cli.knobs.Made.MIB;
import static dev.snug.cli.knobs.Made.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** From figures to rows and verdicts. The oracles are the guides' own ratios and small sums. */
final class FindingsTest {
    private static final SpeechKnobs SPEECH = Made.speech();

    /** 6 s with two steps of 2 s: 66 s with 32. */
    private static final double DEFAULT_SECONDS = 66;

    private static Findings findings(Job job, JobFigures figures) {
        Map<Job, List<JobFigures>> runs = Made.all(SPEECH, Made.spoken(100, 50));
        runs.put(job, List.of(figures));
        return new Findings(SPEECH, runs, Map.of(), Made.spoken(100, 50).ofUnits(32));
    }

    private static Job job(String option) {
        return SPEECH.job().with(option);
    }

    @Test
    void fewerStepsTakeLessTimeAndTheSameMemorySoTheGuidesSavingDoesNotHold() {
        Row row = row(findings(SPEECH.job(), Made.spoken(100, 50)), Knob.STEPS, "16");

        assertThat(row.figures().orElseThrow().seconds())
                .isCloseTo(DEFAULT_SECONDS - 16 * 2, within(1e-9));
        assertThat(row.memoryRatio()).isEqualTo(1);
        assertThat(Verdict.of(Claim.LESS_MEMORY, row)).isEqualTo(Verdict.DOES_NOT_HOLD);
        assertThat(Verdict.of(Claim.STEPS_QUALITY, row)).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void aSavingBeyondTheNoiseHoldsAndOneWithinItDoesNot() {
        Row saving = row(findings(job("--arena=off"), Made.spoken(96.9, 50)), Knob.ARENA, "off");
        Row chance = row(findings(job("--arena=off"), Made.spoken(97.1, 50)), Knob.ARENA, "off");

        assertThat(Verdict.of(Claim.LESS_MEMORY, saving)).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(Claim.LESS_MEMORY, chance)).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void whatDiffersNoMoreThanRunsOfTheDefaultDoIsNoise() {
        Map<Job, List<JobFigures>> runs = Made.all(SPEECH, Made.spoken(90, 50));
        runs.put(SPEECH.job(), List.of(Made.spoken(96, 50), Made.spoken(104, 50)));
        Findings spread = new Findings(SPEECH, runs, Map.of(), Made.spoken(104, 50));

        assertThat(row(spread, Knob.ARENA, "off").memoryEffect()).isEqualTo(Row.Effect.LESS);
        runs.put(job("--arena=off"), List.of(Made.spoken(93, 50)));
        assertThat(
                        row(
                                        new Findings(SPEECH, runs, Map.of(), Made.spoken(104, 50)),
                                        Knob.ARENA,
                                        "off")
                                .memoryEffect())
                .isEqualTo(Row.Effect.NONE);
    }

    @Test
    void togetherHoldsWhereHalfOfTheMemoryGoesAndTheTimeIsAsPromised() {
        Job together = ((Way.Run) SPEECH.settings().getLast().way()).job();
        Row half = row(findings(together, Made.spoken(50, 30)), Knob.TOGETHER, "");
        Row more = row(findings(together, Made.spoken(51, 30)), Knob.TOGETHER, "");

        assertThat(Verdict.of(Claim.SPEECH_MEMORY, half)).isEqualTo(Verdict.HOLDS);
        assertThat(Verdict.of(Claim.SPEECH_MEMORY, more)).isEqualTo(Verdict.DOES_NOT_HOLD);
        // 16 steps of two seconds beside 32, in chunks that hold less: 11.5 / 4.5 of them.
        double ratio = (1 + 33) / (1 + 65 * 4.5 / 11.5);
        assertThat(half.secondsRatio()).isCloseTo(ratio, within(1e-9));
        assertThat(ratio).isBetween(1.2, 1.4);
        assertThat(Verdict.of(Claim.SPEECH_SECONDS, half)).isEqualTo(Verdict.DOES_NOT_HOLD);
    }

    @Test
    void filesInMemoryCountAgainstTheLimit() {
        JobFigures usual = Made.spoken(100, 50);
        JobFigures shared =
                new JobFigures(
                        usual.peakBytes(),
                        usual.anonymousBytes(),
                        7.0 * MIB,
                        usual.whole(),
                        usual.start(),
                        usual.unit(),
                        usual.units(),
                        usual.before());
        Row row = row(findings(SPEECH.job().inMemory(), shared), Knob.TEMPORARY_FOLDER, "/dev/shm");

        assertThat(row.figures().orElseThrow().bytes()).isEqualTo(107.0 * MIB);
        assertThat(new Phrases(Language.EN).words(row)).contains("7.0 MiB of it are files");
    }

    @Test
    void aShorterChunkIsToldForAsMuchSpeechAndTheStartOnce() {
        Row row =
                row(
                        findings(SPEECH.job().ofSeconds(5), Made.spoken(80, 40)),
                        Knob.CHUNK_SECONDS,
                        "5");

        // 65 s behind the start for 1.5 s of speech, where the default makes 4.5.
        assertThat(row.figures().orElseThrow().seconds()).isCloseTo(1 + 65 * 3.0, within(1e-9));
    }

    @Test
    void aFreshProcessForEachPictureIsToldForAsManyPictures() {
        PictureKnobs pictures = Made.pictures();
        JobFigures one = Made.spoken(90, 40);
        Map<Job, List<JobFigures>> runs = Made.all(pictures, Made.spoken(100, 50));
        runs.put(pictures.job().ofPictures(1), List.of(one));
        Findings found = new Findings(pictures, runs, Map.of(), one);

        assertThat(row(found, Knob.RECYCLING, "1").figures().orElseThrow().seconds())
                .isEqualTo(5 * one.whole().seconds());
    }

    @Test
    void beforeItsFirstUseAModelTakesNothing() {
        PictureKnobs pictures = Made.pictures();
        Findings found =
                new Findings(
                        pictures,
                        Made.all(pictures, Made.spoken(100, 50)),
                        Map.of(),
                        Made.spoken(100, 50));
        Row row = row(found, Knob.LAZY_LOAD, "on");

        assertThat(row.figures().orElseThrow().bytes()).isEqualTo(40.0 * MIB);
        assertThat(Verdict.of(Claim.LESS_MEMORY, row)).isEqualTo(Verdict.HOLDS);
        assertThat(row.secondsRatio()).isNaN();
    }

    @Test
    void whatWasRefusedIsARowWithoutFiguresThatSaysWhy() {
        Map<Job, List<JobFigures>> runs = Made.all(SPEECH, Made.spoken(100, 50));
        runs.remove(job("--optimization=all"));
        Findings found =
                new Findings(
                        SPEECH,
                        runs,
                        Map.of(job("--optimization=all"), "the engine says no"),
                        Made.spoken(100, 50));
        Row row = row(found, Knob.OPTIMIZATION, "all");

        assertThat(row.figures()).isEmpty();
        assertThat(new Phrases(Language.EN).found(row)).isEqualTo("refused: the engine says no");
    }

    @Test
    void aSettingThatSnugDoesNotHaveHasNoCounterpart() {
        Findings found = findings(SPEECH.job(), Made.spoken(100, 50));
        Row log = row(found, Knob.LOG_VARIABLES, "");

        assertThat(Verdict.of(Claim.LESS_MEMORY, log)).isEqualTo(Verdict.NO_COUNTERPART);
        assertThat(new Phrases(Language.EN).found(log)).startsWith("no counterpart");
        assertThat(new Phrases(Language.EN).found(row(found, Knob.GPU, "")))
                .startsWith("not measured here");
    }

    @Test
    void thePredictionIsComparedWithTheWholeRun() {
        JobFigures full = Made.spoken(101, 50).ofUnits(32).times(1.1);
        Findings found =
                new Findings(SPEECH, Made.all(SPEECH, Made.spoken(100, 50)), Map.of(), full);

        assertThat(found.predicted().whole().seconds()).isEqualTo(DEFAULT_SECONDS);
        assertThat(found.errorShare()).isCloseTo(1 / 1.1 - 1, within(1e-9));
        assertThat(found.isFlat()).as("1 MiB is noise").isTrue();
    }

    @Test
    void withoutItsDefaultThereAreNoFindings() {
        assertThatThrownBy(() -> new Findings(SPEECH, Map.of(), Map.of(), Made.spoken(100, 50)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
