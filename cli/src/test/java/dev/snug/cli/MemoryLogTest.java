package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.measure.MemoryCsv;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory log and the live line of commands inside this process. The oracles are the header that
 * MemoryCsvTest spells out, and the bytes that reach the terminal.
 */
final class MemoryLogTest {
    @TempDir private Path folder;

    @Test
    void speakingWritesAWholeLogAndLeavesNothingElse() throws Exception {
        Path home = folder.resolve("home");
        FakeSpeech console = new FakeSpeech(home).with("small", Family.F5);
        Path log = folder.resolve("m.csv");
        String sound = folder.resolve("a.wav").toString();
        console.run("speak", "Xin chào.", "-o", sound, "--memory-log", log.toString())
                .ended(ExitCode.OK);

        assertThat(Files.readString(log))
                .startsWith(MemoryCsv.HEADER + "\r\n0.")
                .endsWith(",sound\r\n");
        assertThat(folder).isDirectoryContaining("glob:**/a.wav");
        assertThat(home.resolve("run")).as("nothing runs any more").isEmptyDirectory();
    }

    @Test
    void classifyingWritesOneToo() throws Exception {
        Console console = Console.withTwoInputs(folder.resolve("home"));
        Path log = folder.resolve("m.csv");
        console.run("classify", Golden.picture(2), "--json", "--memory-log", log.toString())
                .ended(ExitCode.OK);

        assertThat(Files.readString(log)).startsWith(MemoryCsv.HEADER).endsWith(",overlay\r\n");
    }

    @Test
    void aFolderIsNoLog() {
        FakeSpeech console = new FakeSpeech(folder.resolve("home")).with("small", Family.F5);
        String sound = folder.resolve("a.wav").toString();
        Ran ran =
                console.run("speak", "Một.", "-o", sound, "--memory-log", folder.toString())
                        .ended(ExitCode.USAGE);

        assertThat(ran.complaint()).contains("--memory-log", "is a folder; name a file in it");
    }

    @Test
    void memoryStandsBesideTheProgressOnATerminalUntilTheLineIsClosed() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ProgressLine line = line(err, Map.of("TERM", "xterm"));
        try (line) {
            line.memory("1 / 2 MiB");
            assertThat(shown(err)).as("nothing is being done yet").isEmpty();
            line.step("speaking");
            line.share(0.5, "step 1 of 2");
            line.memory("3 / 4 MiB");
            assertThat(shown(err)).endsWith(" 50 % step 1 of 2 · 3 / 4 MiB");
            line.share(0.75, "step 2 of 2");
            assertThat(shown(err)).endsWith(" 75 % step 2 of 2 · 3 / 4 MiB");
        }
        line.memory("5 / 6 MiB");
        assertThat(shown(err)).endsWith("\r\033[2K").doesNotContain("5 / 6");
    }

    @Test
    void theLimitThatACommandDecidedOnIsTheOneShown() throws Exception {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Surroundings surroundings =
                new Surroundings(
                        Map.of("SNUG_HOME", folder.toString()),
                        Optional.empty(),
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        nowhere,
                        false);
        long limit = 300 << 20;
        RunFolder running = RunFolder.of(surroundings).orElseThrow();
        try (Running _ = Running.begin(surroundings, "speak", "small", limit, null, null)) {
            assertThat(running.living())
                    .singleElement()
                    .returns(OptionalLong.of(limit), RunFile.Entry::limitBytes)
                    .returns("small", RunFile.Entry::model);
        }
        assertThat(running.living()).isEmpty();
        MemorySample sample =
                new MemorySample(
                        0, 10 << 20, 5 << 20, 0, 20 << 20, 0, MemorySample.Around.UNKNOWN, "");
        assertThat(Running.words(sample, limit)).isEqualTo("15 / 20 / 300 MiB");
    }

    @Test
    void withNoColorMemoryIsNotShown() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ProgressLine line = line(err, Map.of("TERM", "xterm", "NO_COLOR", "1"))) {
            line.step("speaking");
            line.memory("3 / 4 MiB");
        }
        assertThat(shown(err)).isEqualTo("snug: speaking\n");
    }

    private static ProgressLine line(ByteArrayOutputStream err, Map<String, String> variables) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        return new ProgressLine(
                new Surroundings(
                        variables,
                        Optional.empty(),
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        true));
    }

    private static String shown(ByteArrayOutputStream err) {
        return err.toString(StandardCharsets.UTF_8);
    }
}
