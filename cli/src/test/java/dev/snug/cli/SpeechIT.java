package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Speech as a user starts it, with a small archive of VietVoice-TTS. The oracles are {@code cmp},
 * the kernel's counters of memory, and for the sound itself {@code SpokenGoldenTest} of the speech
 * module.
 */
final class SpeechIT {
    private static final Path ARCHIVE =
            Golden.ROOT.resolve("speech/src/test/resources/golden/vietvoice.tar");

    /** Three seconds and a half at the pace of the voice. */
    private static final String SENTENCE =
            "Trời hôm nay đẹp quá, chúng ta đi dạo nhé. Buổi chiều, gió thổi nhẹ qua hàng cây. ";

    private static final String VOICE = "--voice audiobook_male_05";

    private static final double HOUR_SECONDS = 3600;
    private static final double MIB = 1 << 20;

    /** What a job may ever take beyond what it takes half of the time. */
    private static final double GROWTH_MIB_MAX = 40;

    private static final double SLOPE_MIB_EACH_CHUNK_MAX = 1;

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void importArchive() throws Exception {
        shell = Shell.in(folder).with("ARCHIVE", ARCHIVE.toString());
        shell.run("\"$SNUG\" import \"$ARCHIVE\" --name vv").ended(0);
    }

    @Test
    void anArchiveIsImportedAndSpeaks() throws Exception {
        Tree model = shell.run("\"$SNUG\" models --json").ended(0).list().getFirst();
        assertThat(model.get("kind").text()).isEqualTo("text-to-speech");
        assertThat(model.get("folded").value()).isEqualTo(true);
        assertThat(model.get("fused").value()).isEqualTo(true);

        Tree spoken =
                shell.run("\"$SNUG\" speak 'Xin chào.' -o new/a.wav --steps 4 --seed 1 --json")
                        .ended(0)
                        .objects()
                        .getFirst();
        assertThat(spoken.get("output").text()).endsWith("new/a.wav");
        assertThat(spoken.get("seconds_audio").number()).isBetween(0.5, 5.0);
        assertThat(spoken.get("steps").number()).isEqualTo(4);
        assertThat(spoken.get("peak_rss_bytes").number()).isBetween(40 * MIB, 200 * MIB);
        shell.run(
                        """
                        set -e
                        "$SNUG" speak 'Xin chào.' -o b.wav --steps 4 --seed 1
                        cmp new/a.wav b.wav
                        ! "$SNUG" speak 'Xin chào.' -o c.wav --steps 4 --seed 2 | cmp -s b.wav c.wav
                        """)
                .ended(0);
    }

    @Test
    void whatGoesDownAPipeIsTheFilesSound() throws Exception {
        shell.run(
                        """
                        set -e
                        say() { "$SNUG" speak 'Một hai ba, bốn năm sáu.' --steps 2 "$@"; }
                        say -o file.wav
                        say -o - >piped.wav
                        say --raw >piped.raw
                        tail -c +81 file.wav >file.raw
                        tail -c +81 piped.wav >sound.raw
                        cmp file.raw sound.raw
                        cmp file.raw piped.raw
                        """)
                .ended(0);
        assertThat(Files.size(folder.resolve("file.raw"))).isGreaterThan(24_000);
    }

    @Test
    void anInterruptedJobLeavesNoFileButWhatIsKept() throws Exception {
        Files.writeString(folder.resolve("long.txt"), SENTENCE.repeat(200));
        Path err = folder.resolve("err");
        Process process =
                shell.start(
                        "exec \"$SNUG\" speak -f long.txt -o out/long.wav",
                        folder.resolve("out.txt"),
                        err);
        awaitText(err, "speaking chunk 1");
        assertThat(folder.resolve("out")).isNotEmptyDirectory();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(folder.resolve("out/long.wav")).doesNotExist();
        assertThat(folder.resolve("out/.long.wav.snug-part/journal.jsonl")).exists();
        assertThat(Files.readString(err)).contains("snug: stopped; ", "The same command goes on");
    }

    private static void awaitText(Path file, String text) throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            assertThat(System.nanoTime()).as(text).isLessThan(deadlineNanos);
            Thread.sleep(20);
        }
    }

    @Test
    void anHourOfTextTakesNoMoreMemoryThanItsBeginning() throws Exception {
        Files.writeString(folder.resolve("hour.txt"), SENTENCE.repeat(680));
        Path out = folder.resolve("out.json");
        Process process =
                shell.start(
                        "exec \"$SNUG\" speak -f hour.txt --steps 1 --cfg 0 --json -o hour.wav "
                                + VOICE,
                        out,
                        folder.resolve("err"));
        List<Double> residentMib = sampled(process);
        assertThat(process.exitValue()).isZero();
        Tree spoken = Tree.parse(Files.readString(out));
        assertThat(spoken.get("seconds_audio").number()).isGreaterThan(HOUR_SECONDS);

        int chunks = (int) spoken.get("chunks").number();
        int third = Math.ceilDiv(3 * residentMib.size(), chunks);
        List<Double> steady = residentMib.subList(third, residentMib.size());
        double eachChunk = steady.size() / (double) (chunks - 3);
        int first40 = (int) Math.min(steady.size(), 40 * eachChunk);
        assertThat(slope(steady) * eachChunk).isLessThan(SLOPE_MIB_EACH_CHUNK_MAX);
        assertThat(slope(steady.subList(0, first40)) * eachChunk)
                .isLessThan(SLOPE_MIB_EACH_CHUNK_MAX);
        List<Double> sorted = steady.stream().sorted().toList();
        assertThat(sorted.getLast()).isLessThan(sorted.get(sorted.size() / 2) + GROWTH_MIB_MAX);
    }

    /** The resident set every 50 ms until the process ends. */
    private static List<Double> sampled(Process process) throws IOException, InterruptedException {
        List<Double> mib = new ArrayList<>();
        Probe probe = Probe.ofThisMachine();
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
            Optional<ProcessMemory> memory = probe.process(process.pid());
            memory.ifPresent(found -> mib.add(found.rssBytes() / MIB));
            assertThat(mib.size()).as("ten minutes").isLessThan(12_000);
        }
        return mib;
    }

    /** Least squares: MiB from one sample to the next. */
    private static double slope(List<Double> values) {
        double meanX = (values.size() - 1) / 2.0;
        double meanY = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.size(); i++) {
            above += (i - meanX) * (values.get(i) - meanY);
            below += (i - meanX) * (i - meanX);
        }
        return above / below;
    }
}
