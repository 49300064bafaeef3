package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.work.Sharing;
import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code snug plan} and {@code snug fit} print. The oracle is their own description in the
 * help, and that a plan which fits, and one MiB less, agree on the smallest limit.
 */
final class PlanCommandTest {
    private static final long MIB = 1 << 20;

    @TempDir private Path home;
    private Console pictures;
    private FakeSpeech speech;

    @BeforeEach
    void install() {
        pictures = Console.withTwoInputs(home.resolve("pictures"));
        speech = new FakeSpeech(home.resolve("speech")).with("voice", Family.F5);
    }

    private static String[] line(String... more) {
        List<String> line = new ArrayList<>(List.of("plan", "two", "--json"));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private Tree plan(int exitCode, String... more) {
        return pictures.run(line(more)).ended(exitCode).objects().getFirst();
    }

    @Test
    void aPlanForProgramsHasTheKeysThatAreDocumented() {
        Tree plan = plan(ExitCode.OK, "--memory=512MiB");

        assertThat(plan.keys())
                .contains("feasible", "predicted_peak_bytes", "smallest_budget_bytes", "choices");
        assertThat(plan.get("feasible").text()).isEqualTo("true");
        assertThat(plan.get("limit_bytes").number()).isEqualTo(512 * MIB);
        assertThat(plan.get("choices").elements())
                .isNotEmpty()
                .allSatisfy(
                        choice ->
                                assertThat(choice.keys())
                                        .containsExactly(
                                                "name", "value", "reason", "bytes", "seconds"));
        assertThat(plan.get("stages").elements().getFirst().get("stage").text())
                .isEqualTo("explain");
    }

    @Test
    void theSmallestLimitFitsAndOneMebibyteLessDoesNot() {
        long smallest =
                (long) plan(ExitCode.OK, "--memory=512MiB").get("smallest_budget_bytes").number();

        Tree exact = plan(ExitCode.OK, "--memory=" + (smallest >> 20) + "MiB");
        Tree less = plan(ExitCode.REFUSED_FOR_MEMORY, "--memory=" + (smallest - MIB));

        assertThat(exact.get("feasible").text()).isEqualTo("true");
        assertThat(less.get("feasible").text()).isEqualTo("false");
        assertThat((long) less.get("smallest_budget_bytes").number()).isEqualTo(smallest);
    }

    @Test
    void whatIsDecidedIsKeptAndSaidSo() {
        Tree plan = plan(ExitCode.OK, "--memory=512MiB", "--heat-map=on", "--threads=2");

        assertThat(plan.get("choices").elements())
                .filteredOn(choice -> choice.get("reason").text().equals("as you asked"))
                .extracting(choice -> choice.get("name").text())
                .contains("heat-map", "threads");
    }

    @Test
    void aPlanForPeopleSaysWhatIsCountedAndWhatIsNot() {
        String text = pictures.run("plan", "two", "--memory=512MiB").ended(ExitCode.OK).out();

        assertThat(text)
                .startsWith("two, a photo of 12.2 megapixels, under 512 MiB: --memory says 512MiB")
                .contains("It fits.", "SETTING", "picture-size", "Counted, by account", "not: ")
                .contains("Run it: snug classify photo.jpg -m two --memory 512MiB");
    }

    @Test
    void optionsOfAnotherKindOfModelAreRefused() {
        assertThat(pictures.run("plan", "two", "--steps=7").ended(ExitCode.USAGE).complaint())
                .contains("--steps does not fit two, a model of kind image-classifier");
        assertThat(speech.run("plan", "voice", "--megapixels=1").ended(ExitCode.USAGE).complaint())
                .contains("--megapixels does not fit voice");
        assertThat(pictures.run("plan", "two", "--megapixels=-1").ended(ExitCode.USAGE).complaint())
                .contains("out of range");
    }

    @Test
    void fitAnswersForEveryInstalledModelWithACommand() {
        Tree fits =
                speech.run("fit", "render-free", "--json").ended(ExitCode.OK).objects().getFirst();

        assertThat((long) fits.get("limit_bytes").number()).isEqualTo(512 * MIB);
        assertThat(fits.get("models").elements())
                .singleElement()
                .satisfies(
                        model -> {
                            assertThat(model.get("feasible").text()).isEqualTo("true");
                            assertThat(model.get("command").text())
                                    .isEqualTo("snug speak \"Xin chào.\" -m voice --memory 512MiB");
                            assertThat(model.get("quality").text()).contains("not measured");
                        });
        assertThat(pictures.run("fit", "20MiB").ended(ExitCode.OK).out())
                .contains("two: does not fit; it needs ");
    }

    @Test
    void anUnknownHostIsAnErrorThatListsThem() {
        assertThat(pictures.run("fit", "mars").ended(ExitCode.USAGE).complaint())
                .contains("no host is called mars", "512MB", "render-free", "pi4");
        assertThat(pictures.run("fit", "12parsecs").ended(ExitCode.USAGE).complaint())
                .contains("unknown unit");
    }

    @Test
    void speakingUnderTooSmallALimitIsRefusedAndLeavesNoFile() {
        Path wav = home.resolve("a.wav");

        Ran ran =
                speech.run("speak", "Xin chào.", "--memory=32MiB", "-o", wav.toString())
                        .ended(ExitCode.REFUSED_FOR_MEMORY);

        assertThat(ran.err()).contains("does not fit 32 MiB", "--memory says", "snug plan voice");
        assertThat(wav).doesNotExist();
    }

    @Test
    void aDeploymentHasTheLimitThatIsAskedForAndRoomForTheFront() {
        String compose =
                pictures.run("plan", "two", "--memory=512MiB", "--format=compose")
                        .ended(ExitCode.OK)
                        .out();

        assertThat(compose)
                .contains("mem_limit: 512m", "SNUG_CLASSIFIER: \"two\"", "SNUG_HEATMAP: \"on\"");
        long least =
                (long) plan(ExitCode.OK, "--memory=512MiB").get("smallest_budget_bytes").number();
        long mebibytes = Math.ceilDiv(least + Sharing.FRONT_BYTES, MIB);
        assertThat(
                        pictures.run(
                                        "plan",
                                        "two",
                                        "--memory=" + (mebibytes - 1) + "MiB",
                                        "--format=k8s")
                                .ended(ExitCode.REFUSED_FOR_MEMORY)
                                .complaint())
                .contains("it needs " + mebibytes + " MiB, its front included");
        assertThat(
                        pictures.run("plan", "two", "--memory=" + mebibytes + "MiB", "--format=k8s")
                                .ended(ExitCode.OK)
                                .out())
                .contains("memory: " + mebibytes + "Mi\n");
    }

    @Test
    void aDeploymentWithoutALimitTakesTheLeastThatWillDo() {
        String unit = speech.run("plan", "voice", "--format=systemd").ended(ExitCode.OK).out();

        assertThat(unit).contains("SNUG_SPEAKER=voice", "MemoryMax=").doesNotContain("HEATMAP");
        assertThat(pictures.run("plan", "two", "--format=render", "--json").ended(ExitCode.USAGE))
                .extracting(Ran::complaint)
                .asString()
                .contains("contradict");
    }
}
