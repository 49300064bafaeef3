package dev.snug.bench;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What Snug's speech is compared with: the graphs of an archive in ONNX Runtime for Python, run by
 * {@code bench/original/speech.py}.
 *
 * @param python an interpreter that has {@code bench/original/requirements.txt}
 * @param script the script
 * @param archive the archive, with its graphs as they were exported
 */
record Original(Path python, Path script, Path archive) {
    /** More than any run has. */
    private static final int STEPS_MAX = 100;

    /**
     * One run.
     *
     * @param stepSeconds CPU seconds of a step, the mean of all but the first
     */
    record Took(double stepSeconds, double peakMib, double anonMib, double fileMib) {}

    /** Runs {@code steps} steps, at least two, of {@code frames} frames on {@code threads}. */
    Took run(int steps, int frames, int threads) throws IOException, InterruptedException {
        Fields fields =
                answer(
                        python,
                        script,
                        List.of(
                                archive.toString(),
                                "--steps=" + steps,
                                "--frames=" + frames,
                                "--threads=" + threads));
        double mean = mean(fields, "cpu_seconds_each_step", 1);
        return new Took(
                mean,
                mebibytes(fields, "peak_rss_bytes"),
                mebibytes(fields, "anon_bytes"),
                mebibytes(fields, "file_bytes"));
    }

    /** What {@code script} prints: one JSON object. */
    static Fields answer(Path python, Path script, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(python.toString(), script.toString()));
        line.addAll(arguments);
        return answer(new ProcessBuilder(line));
    }

    /** What a process prints: one JSON object. */
    static Fields answer(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] answer = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    builder.command() + " failed: " + new String(answer, StandardCharsets.UTF_8));
        }
        return new Fields(Json.parseObject(answer, "the script's output"), "the script");
    }

    /** The mean of the list {@code key} without its first {@code skipped} numbers. */
    static double mean(Fields fields, String key, int skipped) {
        return Objects.requireNonNull(fields.values(key, STEPS_MAX)).stream()
                .skip(skipped)
                .mapToDouble(seconds -> ((Number) seconds).doubleValue())
                .average()
                .orElseThrow();
    }

    private static double mebibytes(Fields fields, String key) {
        return fields.whole(key) / (double) (1 << 20);
    }
}
