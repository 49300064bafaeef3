package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import dev.snug.runtime.device.Provider;
import dev.snug.runtime.measure.Accelerator;
import dev.snug.runtime.measure.Accelerator.Kind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What commands say of what computes. The oracle is this build of ONNX Runtime, which has the
 * processor and XNNPACK's words for not being there, and a plug-in that is a text.
 */
final class ProviderCommandTest {
    @TempDir private static Path home;
    @TempDir private Path folder;

    private static Console console;

    @BeforeAll
    static void importModel() {
        console = Console.withTwoInputs(home);
    }

    private String text(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "not a library\n").toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cuda", "tensorrt", "migraphx", "directml", "openvino", "xnnpack", "qnn"})
    void aProviderThatIsNotThereIsRefusedByEveryCommandThatRunsModels(String provider) {
        for (String[] command :
                new String[][] {
                    {"classify", Golden.picture(2)},
                    {"speak", "Xin chào.", "-o", folder.resolve("a.wav").toString()},
                    {"plan", "two"},
                    {"doctor"}
                }) {
            String[] line = java.util.Arrays.copyOf(command, command.length + 2);
            line[command.length] = "--provider";
            line[command.length + 1] = provider;

            Ran ran = console.run(line).ended(ExitCode.USAGE);

            assertThat(ran.complaint())
                    .startsWith("--provider " + provider + ": this ONNX Runtime does not have it; ")
                    .contains(Provider.ofWord(provider).step(), "--provider auto");
        }
        assertThat(folder.resolve("a.wav")).doesNotExist();
    }

    @Test
    void underAutoAnAnswerComesWithTheReasonInTextAndJson() throws IOException {
        String plugIn = text("libonnxruntime_providers_cuda.so");
        Ran usual = console.run("classify", Golden.picture(2), "--json").ended(ExitCode.OK);

        Ran told =
                console.run("classify", Golden.picture(2), "--provider-library", plugIn)
                        .ended(ExitCode.OK);
        Tree answer =
                console.run("classify", Golden.picture(2), "--json", "--provider-library", plugIn)
                        .ended(ExitCode.OK)
                        .objects()
                        .getFirst();

        assertThat(told.err())
                .contains("snug: computed with cpu: the plug-in " + plugIn + " cannot be loaded: ");
        assertThat(answer.get("provider").text()).isEqualTo("cpu");
        assertThat(answer.get("provider_asked").text()).isEqualTo("auto");
        assertThat(answer.get("provider_reason").text()).contains("cannot be loaded");
        Tree before = usual.objects().getFirst();
        assertThat(before.get("provider_asked").text()).isEqualTo("cpu");
        assertThat(before.get("provider_reason").isNull()).isTrue();
        assertThat(answer.get("classes").text()).isEqualTo(before.get("classes").text());
    }

    @Test
    void whoAsksForNothingIsToldNothing() {
        assertThat(console.run("classify", Golden.picture(2)).ended(ExitCode.OK).err())
                .doesNotContain("computed with");
    }

    @Test
    void whatContradictsItselfOrIsNotThereIsWrongUsage() throws IOException {
        String plugIn = text("p.so");

        assertThat(refused("--provider", "cpu", "--provider-library", plugIn))
                .contains("--provider cpu and --provider-library");
        assertThat(refused("--device-memory", "1GiB")).contains("--device-memory");
        assertThat(refused("--provider", "gpu")).contains("it is one of auto, cpu, cuda");
        assertThat(refused("--provider", "auto", "--device-memory", "lots")).contains("lots");
        assertThat(refused("--engine-library", folder.toString()))
                .contains("there is no " + System.mapLibraryName("onnxruntime"));
        assertThat(refused("--provider-library", folder.resolve("no.so").toString()))
                .contains("there is no such file");
    }

    private String refused(String... options) {
        String[] line = new String[options.length + 2];
        line[0] = "classify";
        line[1] = Golden.picture(2);
        System.arraycopy(options, 0, line, 2, options.length);
        return console.run(line).ended(ExitCode.USAGE).complaint();
    }

    @Test
    void aPlanSaysWhyTheProcessorWouldCompute() throws IOException {
        String plugIn = text("libplan.so");
        Ran told =
                console.run("plan", "two", "--memory=512MiB", "--provider-library", plugIn)
                        .ended(ExitCode.OK);
        Tree plan =
                console.run("plan", "two", "--json", "--provider-library", plugIn)
                        .ended(ExitCode.OK)
                        .objects()
                        .getFirst();

        assertThat(told.err()).contains("snug: planned for cpu: the plug-in " + plugIn);
        assertThat(told.out()).doesNotContain("On the device");
        assertThat(plan.keys()).doesNotContain("device");
        assertThat(plan.get("provider").text()).isEqualTo("cpu");
        assertThat(plan.get("provider_asked").text()).isEqualTo("auto");
        assertThat(plan.get("provider_reason").text()).contains("cannot be loaded");
        assertThat(console.run("plan", "two", "--memory=512MiB").ended(ExitCode.OK).err())
                .isEmpty();
        assertThat(
                        console.run("plan", "two", "--format=systemd", "--provider=auto")
                                .ended(ExitCode.USAGE)
                                .complaint())
                .contains("--format writes a server that computes with the processor");
    }

    @Test
    void theDoctorSaysWhyAPlugInBringsNothing() throws IOException {
        String plugIn = text("libplugin.so");
        Tree report =
                console.run("doctor", "--json", "--provider-library", plugIn)
                        .ended(ExitCode.OK)
                        .objects()
                        .getFirst();

        assertThat(report.get("provider").text()).isEqualTo("cpu");
        assertThat(report.get("plug_in_failure").text()).contains(plugIn, "cannot be loaded");
    }

    @Test
    void theDoctorNamesAnAcceleratorAndItsStep() {
        Accelerator card =
                new Accelerator(
                        Kind.GPU,
                        "0000:01:00.0",
                        "NVIDIA",
                        "NVIDIA GeForce RTX 4090",
                        Optional.of("nvidia"),
                        Optional.of("550.54.14"),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        true);
        Map<String, @Nullable Object> findings = new LinkedHashMap<>();

        DoctorDevices.addAccelerators(findings, List.of(card), Set.of(Provider.CUDA), "Linux");

        Map<?, ?> told =
                (Map<?, ?>) requireNonNull((List<?>) findings.get("accelerators")).getFirst();
        assertThat(DoctorDevices.words(told))
                .isEqualTo(
                        "NVIDIA NVIDIA GeForce RTX 4090, a gpu at 0000:01:00.0, driver nvidia"
                                + " 550.54.14, memory unknown: --provider cuda (not measured"
                                + " here)");
        DoctorDevices.addAccelerators(findings, List.of(), Set.of(Provider.COREML), "Mac OS X");
        assertThat(String.valueOf(findings.get("accelerators_from")))
                .contains("not looked for on macOS", "--provider coreml (not measured here)");
        DoctorDevices.addAccelerators(findings, List.of(), Set.of(), "Windows 11");
        assertThat(findings.get("accelerators_from")).isEqualTo("not looked for on Windows 11");
    }
}
