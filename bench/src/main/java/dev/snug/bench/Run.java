package dev.snug.bench;

import dev.snug.runtime.json.Json;

import tools.jackson.jr.stree.JrsArray;
import tools.jackson.jr.stree.JrsNumber;
import tools.jackson.jr.stree.JrsObject;
import tools.jackson.jr.stree.JrsString;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
record Run(
        int exitCode,
        double wallSeconds,
        double cpuSeconds,
        long peakRssBytes,
        long anonBytes,
        long fileBytes,
        String output,
        String errors) {
    static final int TIMED_OUT = 124;

    private static final String PEAK = "peak_rss_bytes";

    /** The same run with the peak that the command itself read at its end, where it prints one. */
    Run withPrintedPeak() {
        long printed = 0;
        for (JrsObject answer : answers()) {
            if (answer.get(PEAK) instanceof JrsNumber number) {
                printed = Math.max(printed, number.getValue().longValue());
            }
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
    Run orThrow(String what) {
        if (exitCode != 0) {
            throw new IllegalStateException(
                    what + " ended with exit code " + exitCode + ": " + errors.strip());
        }
        return this;
    }

    /** The JSON objects of the output, one a line. */
    List<JrsObject> answers() {
        return output.lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .map(line -> Json.parseObject(line, "the command's output"))
                .toList();
    }

    /** Probability of each class id in an answer of {@code snug classify --json}. */
    static Map<String, Double> probabilities(JrsObject answer) {
        if (!(answer.get("classes") instanceof JrsArray classes)) {
            throw new IllegalStateException("an answer without classes: " + answer);
        }
        Map<String, Double> probabilities = new HashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i) instanceof JrsObject score
                    && score.get("id") instanceof JrsString id
                    && score.get("probability") instanceof JrsNumber number) {
                probabilities.put(id.getValue(), number.getValue().doubleValue());
            }
        }
        return probabilities;
    }
}
