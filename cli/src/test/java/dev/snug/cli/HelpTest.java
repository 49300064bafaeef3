package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the command says about itself. The oracles are the pom's version, bash's own syntax check
 * and the keys that issue 3 asks of the doctor.
 */
final class HelpTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify",
                "speak",
                "voices",
                "voice",
                "import",
                "models",
                "plan",
                "fit",
                "measure",
                "compare",
                "ps",
                "account",
                "normalize",
                "pull",
                "quantize",
                "doctor",
                "completion",
                "synth-model"
            })
    void everyCommandHasExamplesInItsHelp(String command) {
        Ran option = run(command, "--help");
        Ran word = run("help", command);

        assertThat(option.out()).startsWith("Usage: snug " + command).contains("Examples:");
        assertThat(option.out())
                .contains("  snug " + (command.equals("completion") ? "" : command));
        assertThat(option.err()).isEmpty();
        assertThat(word.out()).isEqualTo(option.out());
        assertThat(run("--help").out()).contains("\n  " + command + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"use", "remove", "verify"})
    void theCommandsOfModelsHaveHelpToo(String command) {
        assertThat(run("models", command, "--help").out())
                .startsWith("Usage: snug models " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "remove"})
    void theCommandsOfVoiceHaveHelpToo(String command) {
        assertThat(run("voice", command, "--help").out())
                .startsWith("Usage: snug voice " + command);
    }

    @Test
    void theOptionsOfSpeakAreInGroups() {
        assertThat(run("speak", "--help").out())
                .contains("\nOutput:\n", "\nVoice:\n", "\nPace and rules:\n")
                .contains("\nFrom noise to speech:\n", "\nEngine:\n");
    }

    @Test
    void helpTextFitsItsColumns() {
        for (String command :
                List.of(
                        "classify",
                        "speak",
                        "voices",
                        "voice",
                        "import",
                        "models",
                        "plan",
                        "fit",
                        "measure",
                        "compare",
                        "compare",
                        "ps",
                        "account",
                        "normalize",
                        "pull",
                        "quantize",
                        "doctor",
                        "synth-model")) {
            assertThat(run(command, "--help").out().lines())
                    .as(command)
                    .allMatch(line -> line.length() <= 96);
        }
    }

    @Test
    void theVersionIsThatOfThePom() throws Exception {
        String pom = Files.readString(Golden.ROOT.resolve("pom.xml"));
        String version = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");

        assertThat(run("--version").out()).isEqualTo("snug " + version + "\n");
        assertThat(run("classify", "-V").out()).isEqualTo("snug " + version + "\n");
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        assertThat(run().err()).contains("Usage: snug", "Exit codes: 0 all answered");
        assertThat(run().out()).isEmpty();
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        Ran ran = Console.at(folder).run("clasify", "x.png").ended(ExitCode.USAGE);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.complaint()).contains("clasify");
    }

    @Test
    void bashAcceptsTheCompletionScript() throws Exception {
        String script = run("completion").out();
        Path file = Files.writeString(folder.resolve("completion.bash"), script);

        Process bash = new ProcessBuilder("bash", "-n", file.toString()).start();

        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(bash.errorReader().lines()).isEmpty();
        assertThat(script)
                .contains("classify", "--explain", "verify", "complete -F")
                .contains("--provider", "\"migraphx\"");
    }

    @Test
    void theDoctorReportsJavaEngineProcessorAndMemory() {
        Tree report = run("doctor", "--json").objects().getFirst();

        assertThat(report.keys())
                .contains("java_home", "java_version", "ort_version", "providers", "cpu", "memory")
                .contains("provider", "provider_reason", "accelerators", "accelerators_from");
        assertThat(report.get("java_home").text()).isEqualTo(System.getProperty("java.home"));
        assertThat(report.get("ort_version").text()).matches("1\\.\\d+\\.\\d+");
        assertThat(report.get("providers").text()).contains("CPUExecutionProvider");
        assertThat(report.get("snug_home").text()).isEqualTo(folder.toString());
        assertThat(report.get("cpu").keys())
                .containsExactly("model", "architecture", "cores", "instruction_set");
        assertThat(report.get("memory").keys())
                .contains("physical_bytes", "cgroup_limit_bytes", "heap_limit_bytes", "rss_bytes");
        assertThat(run("doctor").out()).contains("java home", "memory physical");
    }

    private Ran run(String... arguments) {
        return Console.at(folder).run(arguments).ended(ExitCode.OK);
    }
}
