package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The knob report of real processes: a small classifier for pictures, and the model that ships for
 * speech. The oracles are the kernel's figures, which have known bounds, the rows that every report
 * has, and what lies in /dev/shm before and after.
 */
final class KnobsIT {
    private static final double MIB = 1 << 20;
    private static final int PATIENCE_SECONDS = 60;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.in(folder).shipping(Golden.ROOT.resolve("models"));
    }

    @Test
    void aClassifiersSettingsAreTurnedAndWrittenAsPageTableAndPicture() throws Exception {
        Set<String> before = sharedFolders();
        Ran ran =
                shell.withTwoInputs()
                        .run(
                                "\"$SNUG\" measure two --knobs --runs 1 --picture \"$PICTURE\""
                                        + " --lang en,vi -o en.md,vi/bao-cao.md --csv k.csv"
                                        + " --svg k.svg --json")
                        .ended(0);
        Tree model = ran.objects().getFirst().get("models").elements().getFirst();
        List<Tree> rows = model.get("rows").elements();

        for (Tree row : rows) {
            if (!row.get("peak_bytes").isNull()) {
                assertThat(row.get("peak_bytes").number()).isBetween(30 * MIB, 250 * MIB);
                assertThat(row.get("anonymous_bytes").number())
                        .isBetween(10 * MIB, row.get("peak_bytes").number());
            }
        }
        assertThat(row(rows, "heat-map", "on").get("seconds").number()).isGreaterThan(0.1);
        assertThat(row(rows, "temporary-folder", "/dev/shm").get("shared_memory_bytes").number())
                .as("the picture")
                .isGreaterThanOrEqualTo((double) Files.size(Path.of(Golden.picture(2))));
        assertThat(row(rows, "precision", "fp16").get("found").text())
                .contains("snug quantize two --to fp16");
        assertThat(row(rows, "lazy-load", "on").get("peak_bytes").number())
                .isLessThan(row(rows, "default", "").get("peak_bytes").number());
        assertThat(model.get("verification").get("units").number()).isEqualTo(20);
        assertThat(model.get("verification").get("seconds").number()).isGreaterThan(0.1);

        assertThat(Files.readString(folder.resolve("en.md")))
                .contains("650 → 350–400 MB", "](k-two-en.svg)");
        assertThat(Files.readString(folder.resolve("vi/bao-cao.md")))
                .contains("bản đồ nhiệt", "](../k-two-vi.svg)");
        assertThat(Files.readAllLines(folder.resolve("k.csv"))).hasSize(1 + rows.size());
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(
                        new InputSource(
                                new StringReader(
                                        Files.readString(folder.resolve("k-two-en.svg")))));
        assertThat(sharedFolders()).isEqualTo(before);
    }

    private static Tree row(List<Tree> rows, String knob, String value) {
        return rows.stream()
                .filter(row -> row.get("knob").text().equals(knob))
                .filter(row -> row.get("value").text().equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneThatIsEndedLeavesNoProcessNoReportAndNothingInMemory() throws Exception {
        Set<String> before = sharedFolders();
        Path out = folder.resolve("out.txt");
        Process measuring = shell.start("exec \"$SNUG\" measure snug-vi --knobs -o k.md", out, out);
        try {
            ProcessHandle child = child(measuring);
            assertThat(sharedFolders()).as("one of its own").isNotEqualTo(before);
            measuring.destroy();
            assertThat(measuring.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(measuring.exitValue()).isNotZero();
            child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            measuring.destroyForcibly();
        }
        assertThat(folder.resolve("k.md")).doesNotExist();
        assertThat(sharedFolders()).isEqualTo(before);
    }

    private static ProcessHandle child(Process process) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            // The launcher's shell starts others before it becomes Java.
            List<ProcessHandle> children =
                    process.children()
                            .filter(
                                    each ->
                                            each.info()
                                                    .commandLine()
                                                    .orElse("")
                                                    .contains(" speak "))
                            .toList();
            if (!children.isEmpty()) {
                return children.getFirst();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nothing was started; alive: " + process.isAlive());
    }

    /** Scratch folders in memory; on a machine without it there are none. */
    private static Set<String> sharedFolders() throws IOException {
        if (!Files.isDirectory(SHARED_MEMORY)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(SHARED_MEMORY)) {
            return all.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.startsWith(".scratch-"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void wrongUsageIsRefusedBeforeAnythingRuns() throws Exception {
        assertThat(shell.run("\"$SNUG\" measure snug-vi --svg k.svg").ended(2).err())
                .contains("belong to --knobs");
        assertThat(shell.run("\"$SNUG\" measure a b").ended(2).err())
                .contains("one model at a time");
        assertThat(shell.run("\"$SNUG\" measure snug-vi --knobs --frames 10").ended(2).err())
                .contains("goes through lengths");
        assertThat(
                        shell.run("\"$SNUG\" measure snug-vi --knobs --lang en,vi -o a.md")
                                .ended(2)
                                .err())
                .contains("1 files for 2 languages");
        assertThat(shell.run("\"$SNUG\" measure nobody --knobs").ended(1).err()).contains("nobody");
    }
}
