package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * The first command on a bare machine, as a shell sees it, with a small archive in place of the
 * model that really ships. The oracles are {@code cmp}, {@code find} and what was imported.
 */
final class ShippedIT {
    private static final Path ARCHIVE =
            Golden.ROOT.resolve("speech/src/test/resources/golden/vietvoice.tar");

    @TempDir private static Path factory;

    @TempDir private Path folder;

    private Shell shell;

    @BeforeAll
    static void fill() throws Exception {
        Shell.in(factory)
                .with("ARCHIVE", ARCHIVE.toString())
                .run("\"$SNUG\" import \"$ARCHIVE\" --name small")
                .ended(0);
    }

    @BeforeEach
    void openShell() {
        shell =
                Shell.in(folder)
                        .shipping(factory.resolve("home/models"))
                        .with("ARCHIVE", ARCHIVE.toString())
                        .with("SHIPPED", factory.resolve("home/models").toString());
    }

    @Test
    void withNothingInstalledTheShippedModelSpeaksAndSaysSoInOneLine() throws Exception {
        Ran ran = shell.run("\"$SNUG\" speak 'Xin chào.' --seed 1 --steps 4").ended(0);

        assertThat(ran.out()).startsWith("speech.wav  ");
        assertThat(ran.err().lines().filter(line -> line.contains("synthetic voice")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("snug: small is a small synthetic voice, ");
        Ran named =
                shell.run(
                                """
                                set -e
                                cd /
                                "$SNUG" speak 'Xin chào.' --seed 1 --steps 4 -m small -o "$HOME/b.wav"
                                cmp "$HOME/speech.wav" "$HOME/b.wav"
                                """)
                        .ended(0);
        assertThat(named.err()).doesNotContain("synthetic voice");
    }

    @Test
    void aHomeThatDoesNotExistIsNotCreated() throws Exception {
        shell.run(
                        """
                        set -e
                        "$SNUG" speak Một. --steps 1 -o - >/dev/null
                        "$SNUG" models
                        "$SNUG" voices
                        "$SNUG" doctor
                        """)
                .ended(0);

        assertThat(folder).as("files that the commands left").isEmptyDirectory();
    }

    @Test
    void anOwnModelAnswersBeforeTheShippedOne() throws Exception {
        shell.run("\"$SNUG\" import \"$ARCHIVE\" --name mine").ended(0);

        Ran ran = shell.run("\"$SNUG\" speak Một. --steps 1 --json -o a.wav").ended(0);
        assertThat(ran.objects().getFirst().get("model").text()).isEqualTo("mine");
        Ran text = shell.run("\"$SNUG\" speak Một. --steps 1 -o a.wav").ended(0);
        assertThat(text.err()).doesNotContain("synthetic voice");
    }

    @Test
    void aShippedModelCannotBeRemoved() throws Exception {
        Ran ran = shell.run("\"$SNUG\" models remove small").ended(ExitCode.FAILED);

        assertThat(ran.complaint()).startsWith("cannot remove model small: it ships with Snug");
        assertThat(shell.run("\"$SNUG\" models verify").ended(0).out()).isEqualTo("small: ok\n");
    }

    @Test
    void itSpeaksFromAFileSystemThatIsOnlyRead() throws Exception {
        String readOnly =
                """
                unshare -rm sh -c '
                mount --bind "$SHIPPED" "$SHIPPED" && mount -o remount,ro,bind "$SHIPPED" || exit 77
                touch "$SHIPPED/small/x" 2>/dev/null && exit 78
                "$SNUG" speak Một. --steps 1 -o - | wc -c'
                """;
        Ran ran = shell.run(readOnly);
        assumeTrue(ran.exitCode() != 77, () -> "mounting is not allowed here: " + ran.err());

        assertThat(Integer.parseInt(ran.ended(0).out().strip())).isGreaterThan(5_000);
        assertThat(folder).isEmptyDirectory();
    }
}
