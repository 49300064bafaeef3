package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The offer to fetch a model, and archives that are not the one wanted. The oracle is issue 3:
 * name, size and licence are said before anything is fetched. pip itself is played in {@code
 * PullIT}.
 */
final class PullCommandTest {
    private static final String OFFER = "sklesion==0\\.2\\.2, \\d+ MiB, licence MIT";

    @TempDir private Path home;

    @TempDir private Path folder;

    @Test
    void withoutANameItListsWhatCanBeFetched() {
        Ran ran = Console.at(home).run("pull").ended(ExitCode.OK);

        assertThat(ran.out()).startsWith("sklesion: ").containsPattern(OFFER);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void anUnknownNameIsWrongUsage() {
        Ran ran = Console.at(home).run("pull", "skin").ended(ExitCode.USAGE);

        assertThat(ran.complaint()).isEqualTo("no known model is called skin; there is [sklesion]");
    }

    @Test
    void aPersonWhoSaysNoGetsNothing() {
        Console console = Console.at(home.resolve("none")).answering("n");

        Ran pull = console.run("pull", "sklesion").ended(ExitCode.FAILED);
        Ran classify = console.run("classify", Golden.picture(2)).ended(ExitCode.FAILED);

        assertThat(pull.err()).containsPattern(OFFER).endsWith("Fetch it now? [Y/n] ");
        assertThat(classify.out()).isEmpty();
        assertThat(classify.err())
                .startsWith("snug: no model is installed. sklesion: ")
                .containsPattern(OFFER)
                .contains("Fetch it now? [Y/n] ")
                .endsWith(
                        "snug: no model is installed. Fetch one with `snug pull sklesion` or import"
                                + " your own: snug import model.keras\n");
        assertThat(home.resolve("none")).doesNotExist();
    }

    @Test
    void aTerminalThatEndsIsNoConsent() {
        Console hungUp = new Console(home.resolve("none"), "");

        hungUp.run("pull", "sklesion").ended(ExitCode.FAILED);

        assertThat(home.resolve("none")).doesNotExist();
    }

    @Test
    void aWrongArchiveIsToldInOneLineAndLeavesNothing() throws IOException {
        Path wheel = Files.writeString(folder.resolve("sklesion-0.2.2-py3-none-any.whl"), "PK");

        Ran ran =
                Console.at(home)
                        .run("pull", "sklesion", "--from", wheel.toString())
                        .ended(ExitCode.FAILED);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .containsPattern(
                        "snug: \\S+\\.whl is not sklesion==0\\.2\\.2: its size or checksum differs"
                                + " \\(2 bytes, [\\d,]+ expected\\)\n$");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void anArchiveThatIsMissingIsToldInOneLine() {
        String missing = folder.resolve("missing.whl").toString();

        Ran ran =
                Console.at(home).run("pull", "sklesion", "--from", missing).ended(ExitCode.FAILED);

        assertThat(ran.err()).endsWith("snug: " + missing + ": no such file\n");
    }
}
