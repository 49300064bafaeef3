package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import javax.imageio.ImageIO;

/**
 * Output paths that are no regular files, and outputs that are full. The oracles are {@code test},
 * {@code cmp} and Linux's {@code /dev/full}, where each write fails with ENOSPC.
 */
final class OutputIT {
    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void importModel() {
        shell = Shell.in(folder).withTwoInputs();
    }

    @Test
    void pipesDevicesAndLinksAreWrittenThrough() throws Exception {
        Ran ran =
                shell.run(
                                """
                                set -e
                                "$SNUG" classify "$PICTURE" -o plain.png >/dev/null
                                mkfifo pipe
                                cat pipe >got.png &
                                "$SNUG" classify "$PICTURE" -o pipe >/dev/null
                                wait
                                test -p pipe && cmp plain.png got.png
                                "$SNUG" classify "$PICTURE" -o /dev/null >/dev/null
                                test -c /dev/null
                                echo old >target.png
                                ln -s target.png link.png
                                "$SNUG" classify "$PICTURE" -o link.png >/dev/null
                                test -L link.png && cmp plain.png target.png
                                ls -A
                                """)
                        .ended(0);

        assertThat(ran.out().lines())
                .containsExactlyInAnyOrder(
                        "home", "plain.png", "pipe", "got.png", "target.png", "link.png");
        assertThat(ImageIO.read(folder.resolve("got.png").toFile()).getWidth()).isEqualTo(96);
    }

    @Test
    void aFullDeviceIsAFaultOfItsPicture() throws Exception {
        Ran ran = shell.run("\"$SNUG\" classify \"$PICTURE\" -o /dev/full").ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .startsWith(Golden.picture(2) + ": cannot write /dev/full: no space left");
    }

    @Test
    void resultsThatAreLostAreNoSuccess() throws Exception {
        Ran ran =
                shell.run("\"$SNUG\" classify \"$PICTURE\" --json >/dev/full")
                        .ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .isEqualTo("standard output is full or closed: results are lost");
    }
}
