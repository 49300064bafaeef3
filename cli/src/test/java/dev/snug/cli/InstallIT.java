package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Imports that meet another import, the end of their process, or the end of the disk. The oracle is
 * {@code snug models verify}: each model that is listed has every byte of its checksum.
 */
final class InstallIT {
    private static final String IMPORT =
            "\"$SNUG\" import \"$GOLDEN/tiny_efficientnetv2.keras\" --name=tiny";

    /** Kills that may come too early or too late to meet the import at work. */
    private static final int KILLS = 20;

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.in(folder);
    }

    @Test
    void twoImportsOfOneNameTakeTurns() throws Exception {
        Ran ran =
                shell.run(
                                IMPORT
                                        + " & first=$!\n"
                                        + IMPORT
                                        + " & wait $!; echo $?; wait $first; echo $?\n"
                                        + "\"$SNUG\" models verify")
                        .ended(0);

        assertThat(ran.out().lines())
                .containsExactlyInAnyOrder("tiny", "tiny", "0", "0", "tiny: ok");
        assertThat(names()).containsExactly("tiny");
    }

    @Test
    void aKilledImportLeavesNoBrokenModelAndTheNextOneTidiesUp() throws Exception {
        boolean interrupted = false;
        for (int kill = 0; kill < KILLS && !interrupted; kill++) {
            killDuringImport();
            interrupted = names().contains(".installing-tiny");
            Ran listed = shell.run("\"$SNUG\" models --json").ended(0);
            assertThat(listed.list()).hasSize(names().contains("tiny") ? 1 : 0);
        }
        assertThat(interrupted).as("an import was met at work").isTrue();

        shell.withTwoInputs();

        assertThat(names()).isSubsetOf("tiny", "two").contains("two");
        shell.run("\"$SNUG\" models verify").ended(0);
        shell.run(IMPORT).ended(0);
        shell.run("\"$SNUG\" classify -m tiny \"$PICTURE\"").ended(0);
    }

    private void killDuringImport() throws IOException, InterruptedException {
        Process process = shell.start("exec " + IMPORT, Path.of("/dev/null"), Path.of("/dev/null"));
        while (process.isAlive() && !names().contains(".installing-tiny")) {
            Thread.sleep(1);
        }
        process.destroyForcibly().waitFor();
    }

    @Test
    void aFullDiskEndsInOneLineAndNothingHalfWritten() throws Exception {
        Files.createDirectories(shell.home());
        Ran probe = shell.run("unshare -rm mount -t tmpfs -o size=1m none \"$SNUG_HOME\"");
        assumeTrue(
                probe.exitCode() == 0,
                () -> "no small disk: unshare and mount are not allowed here: " + probe.err());

        for (String size : List.of("100k", "2m", "4m")) {
            Ran ran = importOnDiskOf(size).ended(ExitCode.FAILED);
            assertThat(ran.complaint()).as(size).containsIgnoringCase("no space left");
            assertThat(ran.out()).as(size).isEmpty();
        }
        Ran ran = importOnDiskOf("6m").ended(ExitCode.OK);
        assertThat(ran.out())
                .as("room for the model, not for its copy")
                .isEqualTo("tiny\ntiny: ok\n");
        assertThat(ran.err().lines())
                .anyMatch(line -> line.startsWith("snug: not laid out for this machine, it will"))
                .hasSize(4);
    }

    /** Imports, then lists hidden leftovers and verifies. */
    private Ran importOnDiskOf(String size) throws IOException, InterruptedException {
        return shell.with("IMPORT", IMPORT)
                .with("SIZE", size)
                .run(
                        """
                        unshare -rm sh -c '
                        mount -t tmpfs -o size="$SIZE" none "$SNUG_HOME"
                        eval "$IMPORT"
                        code=$?
                        find "$SNUG_HOME/models" -name ".[ir]*"
                        "$SNUG" models verify
                        exit $code'
                        """);
    }

    private List<String> names() throws IOException {
        Path models = shell.home().resolve("models");
        if (!Files.exists(models)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
