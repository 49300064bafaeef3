package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * Measuring and watching real processes that speak with the model that ships with Snug, or classify
 * with a small one. The oracles are the kernel's own rule (anonymous and file pages are part of the
 * peak), what the same command says of itself, and process ids that the test knows.
 */
final class MeasureIT {
    private static final double MIB = 1 << 20;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() throws Exception {
        Path runtime = Files.createDirectory(folder.resolve("runtime"));
        shell =
                Shell.in(folder)
                        .shipping(Golden.ROOT.resolve("models"))
                        .with("XDG_RUNTIME_DIR", runtime.toString());
    }

    @Test
    void theFiguresOfFreshProcessesAreWrittenDownAndShown() throws Exception {
        Ran ran =
                shell.run(
                                "\"$SNUG\" measure snug-vi --frames 375 --steps 2 --runs 2 --json"
                                        + " --plot memory.svg")
                        .ended(0);
        Tree found = ran.objects().getFirst().get("configurations").elements().getFirst();
        double peak = found.get("peak_rss_bytes").get("most").number();
        double anonymous = found.get("peak_anonymous_bytes").get("most").number();

        assertThat(found.get("settings").get("frames").text()).isEqualTo("375");
        assertThat(found.get("runs").number()).isEqualTo(2);
        assertThat(peak).isBetween(40 * MIB, 200 * MIB);
        assertThat(anonymous).isBetween(15 * MIB, peak);
        assertThat(anonymous + found.get("peak_file_bytes").get("most").number())
                .as("the two parts at their highest")
                .isGreaterThan(0.95 * peak);
        assertThat(found.get("cpu_seconds").get("median").number()).isGreaterThan(0.1);
        assertThat(found.get("unit").text()).isEqualTo("step");
        assertThat(found.get("unit_seconds").get("median").number()).isGreaterThan(0);

        Tree listed = shell.run("\"$SNUG\" models --json").ended(0).list().getFirst();
        assertThat(listed.get("anonymous_bytes").number()).isEqualTo(anonymous);
        assertThat(listed.get("measured").elements().getFirst().get("configuration").text())
                .isEqualTo(found.get("configuration").text());
        assertThat(shell.home().resolve("measured/snug-vi.json")).exists();

        String svg = Files.readString(folder.resolve("memory.svg"));
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains(
                        String.format(Locale.ROOT, "%.1f MiB", peak / MIB), "velocity", "vocoder");
    }

    @Test
    void aClassifierIsMeasuredWithAndWithoutItsHeatMap() throws Exception {
        Shell pictures = shell.withTwoInputs();
        Ran ran =
                pictures.run(
                                "\"$SNUG\" measure two --picture \"$PICTURE\" --threads 1,2 --runs"
                                        + " 2 --json")
                        .ended(0);
        List<Tree> found = ran.objects().getFirst().get("configurations").elements();

        assertThat(found.stream().map(one -> one.get("job").text() + settings(one)).toList())
                .containsExactly("classify96 1", "explain96 1", "classify96 2", "explain96 2");
        for (Tree one : found) {
            double peak = one.get("peak_rss_bytes").get("most").number();
            double anonymous = one.get("peak_anonymous_bytes").get("most").number();
            assertThat(peak).isBetween(40 * MIB, 200 * MIB);
            assertThat(anonymous).isBetween(15 * MIB, peak);
            assertThat(one.get("cpu_seconds").get("median").number()).isGreaterThan(0.1);
            assertThat(one.get("unit").text()).isEqualTo("picture");
            assertThat(one.get("unit_seconds").get("median").number()).isBetween(0.0, 5.0);
        }
        Tree listed =
                pictures.run("\"$SNUG\" models --json").ended(0).list().stream()
                        .filter(model -> model.get("name").text().equals("two"))
                        .findFirst()
                        .orElseThrow();
        assertThat(
                        listed.get("measured").elements().stream()
                                .map(one -> one.get("configuration").text())
                                .toList())
                .containsExactlyInAnyOrderElementsOf(
                        found.stream().map(one -> one.get("configuration").text()).toList());
    }

    private static String settings(Tree configuration) {
        Tree settings = configuration.get("settings");
        return settings.get("side").text() + " " + settings.get("threads").text();
    }

    @Test
    void theLogOfOneRunHasItsStagesInOrderAndEndsWithThePeakThatWasPrinted() throws Exception {
        Ran ran =
                shell.run("\"$SNUG\" speak 'Xin chào.' --steps 2 --json --memory-log m.csv")
                        .ended(0);
        List<String> lines = Files.readAllLines(folder.resolve("m.csv"));
        List<String> stages =
                lines.stream()
                        .skip(1)
                        .map(line -> line.substring(line.lastIndexOf(',') + 1))
                        .distinct()
                        .toList();

        assertThat(stages)
                .containsSubsequence("text", "velocity 1/2", "velocity 2/2", "vocoder", "sound");
        double logged = Double.parseDouble(lines.getLast().split(",", -1)[5]);
        assertThat(ran.objects().getFirst().get("peak_rss_bytes").number())
                .isGreaterThanOrEqualTo(logged)
                .isLessThan(logged + 4 * MIB);
    }

    @Test
    void aCommandThatFailsIsNotMeasuredButTold() throws Exception {
        Ran ran = shell.run("\"$SNUG\" measure snug-vi --frames 10 --runs 1").ended(1);

        assertThat(ran.err()).contains("ended with exit code 2", "mel frames");
        assertThat(shell.home().resolve("measured")).doesNotExist();
    }

    @Test
    void aRunningCommandIsListedUntilItIsKilled() throws Exception {
        Path out = folder.resolve("out.txt");
        String text = "Hôm nay trời đẹp, chúng ta cùng đi dạo phố nhé. ".repeat(200);
        Files.writeString(folder.resolve("secret.txt"), text);
        Process speaking = shell.start("exec \"$SNUG\" speak -f secret.txt -o long.wav", out, out);
        try {
            Tree listed = listed(speaking);
            assertThat(listed.get("pid").number()).isEqualTo((double) speaking.pid());
            assertThat(listed.get("command").text()).isEqualTo("speak");
            assertThat(listed.get("model").text()).isEqualTo("snug-vi");
            assertThat(listed.get("rss_bytes").number()).isGreaterThan(20 * MIB);
            assertThat(listed.get("peak_rss_bytes").number())
                    .isGreaterThanOrEqualTo(listed.get("rss_bytes").number());
            assertThat(listed.text()).doesNotContain("trời", "secret");
        } finally {
            speaking.destroyForcibly();
            assertThat(speaking.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(folder.resolve("runtime/snug")).isNotEmptyDirectory();
        assertThat(shell.run("\"$SNUG\" ps --json").ended(0).list()).isEmpty();
        assertThat(folder.resolve("runtime/snug")).as("swept").isEmptyDirectory();
    }

    private Tree listed(Process speaking) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && speaking.isAlive()) {
            List<Tree> all = shell.run("\"$SNUG\" ps --json").ended(0).list();
            if (!all.isEmpty()) {
                return all.getFirst();
            }
        }
        throw new AssertionError("not listed; still alive: " + speaking.isAlive());
    }
}
