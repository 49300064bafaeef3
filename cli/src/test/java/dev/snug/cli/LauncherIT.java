package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The launcher as a shell sees it: where it finds Java, what it says when it cannot start, exit
 * codes, memory. The oracles are the shell's own {@code $?} and the kernel's VmHWM.
 */
final class LauncherIT {
    /**
     * Bytes of VmHWM. Measured with this model on x86-64 (JDK 25.0.3, 224 MiB heap limit): 98 to
     * 104 MiB, of which 60 are shared pages of the JDK and the engine. A quarter more is allowed; a
     * second copy of the engine's pages or a heap that grows freely would pass it.
     */
    private static final long PEAK_RSS_BYTES = 128L << 20;

    @TempDir private static Path shared;

    private static Shell shell;

    @TempDir private Path folder;

    @BeforeAll
    static void importModel() {
        shell = Shell.in(shared).withTwoInputs();
    }

    @Test
    void itStartsFromAnyFolderAndThroughALink() throws Exception {
        Ran ran =
                shell.run("ln -s \"$SNUG\" link; cd /; \"$HOME/link\" --version; rm \"$HOME/link\"")
                        .ended(0);

        assertThat(ran.out()).matches("snug \\d+\\.\\d+\\.\\d+\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void theShellSeesTheExitCodes() throws Exception {
        Golden.hugePng(shared);
        Ran ran =
                shell.run(
                        """
                        "$SNUG" classify "$PICTURE" >/dev/null; echo $?
                        "$SNUG" classify missing.png "$PICTURE" >/dev/null; echo $?
                        "$SNUG" classify "$PICTURE" --top=0; echo $?
                        "$SNUG" classify huge.png; echo $?
                        """);

        assertThat(ran.out()).isEqualTo("0\n1\n2\n3\n");
    }

    @Test
    void standardOutputHoldsResultsAloneWhereverStandardInputIs() throws Exception {
        for (String input : new String[] {"</dev/null", "<&-"}) {
            Ran ran =
                    shell.run(
                                    "\"$SNUG\" classify missing.png \"$PICTURE\" --json 2>/dev/null"
                                            + " "
                                            + input)
                            .ended(ExitCode.FAILED);

            assertThat(ran.objects()).hasSize(2);
            assertThat(ran.objects().get(0).get("error").text()).isEqualTo("no such file");
            assertThat(ran.objects().get(1).get("classes").elements()).hasSize(7);
        }
        Ran talk = shell.run("\"$SNUG\" classify missing.png >/dev/null");
        assertThat(talk.complaint()).isEqualTo("missing.png: no such file");
    }

    @Test
    void peakMemoryStaysSmall() throws Exception {
        Ran ran = shell.run("\"$SNUG\" classify \"$PICTURE\" --json -o /dev/null").ended(0);

        String peak = ran.objects().getFirst().get("peak_rss_bytes").text();
        assertThat(Long.parseLong(peak)).isLessThan(PEAK_RSS_BYTES);
    }

    @Test
    void nothingIsWrittenIntoTheHomeFolder() throws Exception {
        Ran ran =
                Shell.in(folder)
                        .with("SNUG_HOME", shell.home().toString())
                        .run("\"$SNUG\" classify \"$PICTURE\" >/dev/null; ls -A \"$HOME\"")
                        .ended(0);

        assertThat(ran.out()).isEmpty();
    }

    @Test
    void namesBeyondAsciiWorkWithoutALocale() throws Exception {
        Ran ran =
                shell.with("LC_ALL", "C")
                        .run(
                                """
                                picture=$(printf 'm\\341\\273\\245n da.png')
                                cp "$PICTURE" "$picture"
                                "$SNUG" classify "$picture" --explain
                                ls m*.heatmap.png
                                """)
                        .ended(0);

        assertThat(ran.out()).contains("mụn da.png  (two)", "heat map: mụn da.heatmap.png");
        assertThat(ran.out()).endsWith("\nmụn da.heatmap.png\n");
    }

    @Test
    void aWrongJdkIsToldAndAnotherIsUsed() throws Exception {
        Path old = folder.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        for (String home : new String[] {old.toString(), "/nonexistent"}) {
            Ran ran = shell.with("SNUG_JAVA_HOME", home).run("\"$SNUG\" --version").ended(0);
            assertThat(ran.out()).startsWith("snug ");
            assertThat(ran.complaint())
                    .startsWith("SNUG_JAVA_HOME=" + home + " holds no JDK 25 or later; using /");
        }
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        Ran ran =
                Shell.in(folder)
                        .run(
                                """
                                sed 's/^JDK_MIN=.*/JDK_MIN=999/' "$SNUG" >snug
                                sh ./snug --version
                                """)
                        .ended(1);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("snug: needs a JDK 999 or later and found none.")
                .contains("apt-get install", "SNUG_JAVA_HOME=");
    }

    @Test
    void unbuiltItNeedsMavenOrSaysSo() throws Exception {
        Ran ran =
                Shell.in(folder)
                        .run(
                                """
                                cp "$SNUG" .
                                ./snug --version; echo $?
                                mkdir tools
                                for tool in sh readlink dirname sed find head; do
                                    printf '#!/bin/sh\\nexec %s "$@"\\n' "$(command -v $tool)" >tools/$tool
                                done
                                chmod +x tools/*
                                unset SNUG_NO_BUILD
                                PATH=$PWD/tools ./snug --version; echo $?
                                """);

        assertThat(ran.out()).isEqualTo("1\n1\n");
        assertThat(ran.err().lines())
                .containsExactly(
                        "snug: is not built: run mvn package in " + folder.toRealPath(),
                        "snug: must be built first and finds no Maven (mvn): install Maven 3.8 or"
                                + " later");
    }
}
