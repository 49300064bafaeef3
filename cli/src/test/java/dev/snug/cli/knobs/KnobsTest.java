package dev.snug.cli.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which settings are turned. The oracle is the list of issue 9, item 4, spelled out below: a knob
 * or value that is lost here is one that nobody measures.
 */
final class KnobsTest {
    private static final List<String> SPEECH =
            List.of(
                    "steps 32",
                    "steps 24",
                    "steps 20",
                    "steps 16",
                    "steps 12",
                    "steps 8",
                    "chunk-seconds 15",
                    "chunk-seconds 12",
                    "chunk-seconds 10",
                    "chunk-seconds 8",
                    "chunk-seconds 6",
                    "chunk-seconds 5",
                    "chunk-seconds 4");

    private static final List<String> PICTURES =
            List.of(
                    "picture-size 300",
                    "picture-size 224",
                    "heat-map on",
                    "heat-map off",
                    "lazy-load on",
                    "recycling 1",
                    "recycling 20");

    private static final List<String> BOTH =
            List.of(
                    "arena on",
                    "arena off",
                    "intra-op-threads 0",
                    "intra-op-threads 1",
                    "intra-op-threads 2",
                    "inter-op-threads 0",
                    "inter-op-threads 1",
                    "inter-op-threads 2",
                    "optimization all",
                    "optimization extended",
                    "optimization basic",
                    "spinning on",
                    "spinning off",
                    "precision fp16",
                    "temporary-folder /dev/shm",
                    "log-variables ",
                    "onednn-variables ",
                    "gpu ",
                    "together ");

    @Test
    void everySpeechSettingOfTheIssueIsARow() {
        assertThat(named(Made.speech())).containsAll(SPEECH).containsAll(BOTH);
    }

    @Test
    void everyPictureSettingOfTheIssueIsARow() {
        assertThat(named(Made.pictures())).containsAll(PICTURES).containsAll(BOTH);
    }

    @Test
    void everyKnobIsTurnedSomewhere() {
        Set<Knob> turned = new LinkedHashSet<>();
        Stream.of(Made.speech(), Made.pictures())
                .flatMap(knobs -> knobs.settings().stream())
                .forEach(setting -> turned.add(setting.knob()));

        assertThat(turned).containsExactlyInAnyOrder(Knob.values());
    }

    private static List<String> named(Knobs knobs) {
        return knobs.settings().stream()
                .map(setting -> setting.knob().word() + " " + setting.value())
                .toList();
    }

    @Test
    void oneProcessServesAllRowsThatDifferInStepsAndTheDefaultIsRunFirst() {
        SpeechKnobs speech = Made.speech();

        assertThat(speech.jobs().iterator().next()).isEqualTo(speech.job());
        assertThat(jobs(speech, Knob.STEPS)).containsOnly(speech.job());
        assertThat(jobs(speech, Knob.CHUNK_SECONDS)).hasSize(6).doesNotHaveDuplicates();
        assertThat(jobs(speech, Knob.ARENA).getLast().options()).containsExactly("--arena=off");
    }

    private static List<Job> jobs(Knobs knobs, Knob knob) {
        return knobs.settings().stream()
                .filter(setting -> setting.knob() == knob)
                .flatMap(
                        setting ->
                                setting.way() instanceof Way.Run run
                                        ? Stream.of(run.job())
                                        : Stream.empty())
                .toList();
    }

    @Test
    void aChunkThatTheRecordingFillsIsNotRunButSaysSo() {
        Setting four =
                Made.speech().settings().stream()
                        .filter(setting -> setting.knob() == Knob.CHUNK_SECONDS)
                        .toList()
                        .getLast();

        assertThat(four.value()).isEqualTo("4");
        assertThat(four.way()).isEqualTo(new Way.Told("reason_chunk", List.of("3.5"), true));
    }

    @Test
    void allOfTheGuideTogetherIsComparedWithWhatTheOriginalDoes() {
        Setting together = Made.speech().settings().getLast();
        Job job = ((Way.Run) together.way()).job();

        assertThat(job.model()).as("the one in half precision").isEqualTo("voice:fp16");
        assertThat(job.options())
                .contains("--arena=off", "--threads=1", "--inter-op-threads=1")
                .contains("--optimization=basic");
        assertThat(job.inSharedMemory()).isTrue();
        assertThat(together.against()).contains(Made.speech().job().ofSeconds(15));
    }

    @Test
    void halfPrecisionThatIsNotInstalledSaysHowItIsMade() {
        Variants bare = new Variants("voice:int8", "voice", Map.of());
        Setting fp16 = bare.settings(Made.speech().job(), Claim.LESS_MEMORY).getFirst();

        assertThat(fp16.way()).isEqualTo(new Way.Told("reason_fp16", List.of("voice"), true));
        assertThat(Language.EN.text("reason_fp16", "voice"))
                .contains("snug quantize voice --to fp16");
    }

    @Test
    void otherPrecisionsAreRowsWhereTheyAreInstalled() {
        assertThat(named(Made.speech())).contains("precision int8");
        assertThat(named(Made.pictures())).doesNotContain("precision int8");
    }

    @Test
    void aSizeThatTheModelWasNotImportedAtSaysHowToImportIt() {
        PictureKnobs small =
                new PictureKnobs(
                        new Variants("skin", "skin", Map.of()), List.of(254), false, false);
        List<String> reasons =
                small.settings().stream()
                        .flatMap(
                                setting ->
                                        setting.way() instanceof Way.Told told
                                                ? Stream.of(told.reason())
                                                : Stream.empty())
                        .toList();

        assertThat(reasons)
                .containsSubsequence(
                        "reason_picture_size",
                        "reason_picture_size",
                        "reason_heat_map",
                        "reason_fp16",
                        "reason_shared_memory");
    }
}
