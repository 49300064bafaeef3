package dev.snug.bench;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One finished process of the command, its launcher script included.
 *
 * @param exitCode 0 answered, 137 killed, {@link #TIMED_OUT}
 * @param wallSeconds from fork to exit
 * @param cpuSeconds user + system, of all its threads and children
 * @param peakRssBytes the kernel's VmHWM
 * @param anonBytes pages of no file, of the sample with the largest resident set
 * @param fileBytes pages of mapped files, of the same sample
 * @param output standard output
 * @param errors standard error
 */
public record Run(
        int exitCode,
        double wallSeconds,
        double cpuSeconds,
        long peakRssBytes,
        long anonBytes,
        long fileBytes,
        String output,
        String errors) {
    static final int TIMED_OUT = 124;

    /** ImageNet's; far above any skin model. */
    private static final int CLASSES_MAX = 1000;

    private static final String PEAK = "peak_rss_bytes";

    /** The same run with the peak that the command itself read at its end, where it prints one. */
    Run withPrintedPeak() {
        long printed = 0;
        for (Fields answer : answers()) {
            printed = answer.has(PEAK) ? Math.max(printed, answer.whole(PEAK)) : printed;
        }
        return new Run(
                exitCode,
                wallSeconds,
                cpuSeconds,
                Math.max(peakRssBytes, printed),
                anonBytes,
                fileBytes,
                output,
                errors);
    }

    /** Throws where the command failed; {@code what} names it. */
    public Run orThrow(String what) {
        if (exitCode != 0) {
            throw new IllegalStateException(
                    what + " ended with exit code " + exitCode + ": " + errors.strip());
        }
        return this;
    }

    /** The JSON objects of the output, one a line. */
    public List<Fields> answers() {
        String where = "the command's output";
        return output.lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .map(line -> new Fields(Json.parseObject(line, where), where))
                .toList();
    }

    /** Probability of each class id in an answer of {@code snug classify --json}. */
    public static Map<String, Double> probabilities(Fields answer) {
        List<?> classes =
                Objects.requireNonNullElse(answer.values("classes", CLASSES_MAX), List.of());
        Map<String, Double> probabilities = new HashMap<>();
        for (Object element : classes) {
            if (element instanceof Map<?, ?> score) {
                Fields fields = new Fields(score, "a class of the command's output");
                probabilities.put(fields.text("id"), fields.number("probability"));
            }
        }
        return probabilities;
    }
}
