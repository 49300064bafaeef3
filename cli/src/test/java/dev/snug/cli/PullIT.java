package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pulls whose pip fails in each way there is. A script that stands first on the PATH plays {@code
 * python3 -m pip}; nothing is fetched. The oracle is an empty SNUG_HOME.
 */
final class PullIT {
    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void putPipFirst() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path pip = bin.resolve("python3");
        Files.writeString(
                pip,
                """
                #!/bin/sh
                case $* in
                "-m pip --version") exit 0 ;;
                "-m pip download --no-deps "*" sklesion==0.2.2") ;;
                *) echo "unexpected: $*"; exit 9 ;;
                esac
                while [ "$1" != --dest ]; do shift; done
                dest=$2
                eval "$PIP_DOES"
                """);
        assertThat(pip.toFile().setExecutable(true)).isTrue();
        Shell plain = Shell.in(folder);
        shell = plain.with("PATH", bin + ":" + plain.variables().get("PATH"));
    }

    private Ran pull(String pipDoes) throws IOException, InterruptedException {
        return shell.with("PIP_DOES", pipDoes).run("\"$SNUG\" pull sklesion --yes");
    }

    @Test
    void pipsOwnReasonIsPassedOnInOneLine() throws Exception {
        Ran ran =
                pull("echo 'WARNING: retrying'; echo 'ERROR: No matching distribution';"
                                + " exit 1")
                        .ended(ExitCode.FAILED);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().toList().getLast())
                .isEqualTo(
                        "snug: pip could not download sklesion==0.2.2: ERROR: No matching"
                                + " distribution");
        assertThat(shell.home()).isEmptyDirectory();
    }

    @Test
    void aWheelWithAnotherContentIsRefused() throws Exception {
        Ran ran =
                pull("echo junk >\"$dest\"/sklesion-0.2.2-py3-none-any.whl").ended(ExitCode.FAILED);

        assertThat(ran.err().lines().toList().getLast())
                .startsWith("snug: ")
                .contains("is not sklesion==0.2.2: its size or checksum differs (5 bytes, ");
        assertThat(shell.home()).isEmptyDirectory();
    }

    @Test
    void noWheelIsToldWithPipsLastWord() throws Exception {
        Ran ran = pull("echo 'Saved nothing'").ended(ExitCode.FAILED);

        assertThat(ran.err()).endsWith("snug: pip brought no wheel: Saved nothing\n");
        assertThat(shell.home()).isEmptyDirectory();
    }

    @Test
    void withoutPipItSaysWhatElseWorks() throws Exception {
        Ran ran =
                shell.run(
                                """
                                mkdir tools
                                for tool in sh readlink dirname sed find head; do
                                    printf '#!/bin/sh\\nexec %s "$@"\\n' "$(command -v $tool)" >tools/$tool
                                done
                                chmod +x tools/*
                                PATH=$PWD/tools "$SNUG" pull sklesion
                                """)
                        .ended(ExitCode.FAILED);

        assertThat(ran.err().lines().toList().getLast())
                .startsWith("snug: no pip found (tried python3 -m pip, pip3, pip).")
                .contains("snug pull NAME --from FILE.whl");
        assertThat(shell.home()).isEmptyDirectory();
    }

    @Test
    void classifyOffersThePullAndEndsWhereItFails() throws Exception {
        Ran ran =
                shell.with("PIP_DOES", "exit 1")
                        .run("\"$SNUG\" classify \"$PICTURE\" --json")
                        .ended(ExitCode.FAILED);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .containsPattern("^snug: no model is installed\\. sklesion: .*, licence MIT\n")
                .endsWith("snug: pip could not download sklesion==0.2.2: it said nothing\n");
    }

    @Test
    void whatAKilledPullLeavesIsSweptByTheNext() throws Exception {
        Process killed =
                shell.with("PIP_DOES", "touch \"$dest\"/half.whl; exec sleep 60")
                        .start(
                                "exec \"$SNUG\" pull sklesion --yes",
                                Path.of("/dev/null"),
                                Path.of("/dev/null"));
        try {
            while (scratch().noneMatch(file -> file.endsWith("half.whl"))) {
                assertThat(killed.isAlive()).isTrue();
                Thread.sleep(10);
            }
        } finally {
            List<ProcessHandle> pip = killed.descendants().toList();
            killed.destroyForcibly().waitFor();
            pip.forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(scratch()).isNotEmpty();

        pull("exit 1").ended(ExitCode.FAILED);

        assertThat(shell.home()).isEmptyDirectory();
    }

    private Stream<Path> scratch() throws IOException {
        if (!Files.exists(shell.home())) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(shell.home())) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
