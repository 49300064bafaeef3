package dev.snug.bench.peers;

import dev.snug.runtime.json.Fields;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished run.
 *
 * @param exitCode 0 answered, 137 killed, 124 stopped because it took too long
 * @param cpuSeconds user + system of the whole process tree
 * @param peakBytes the largest sum of resident memory over the tree, or the kernel's own peak of
 *     its largest process, if that is more
 * @param anonBytes pages of no file, at the largest sum that was sampled
 * @param fileBytes pages of mapped files, at the same moment
 * @param chargedBytes the most that the kernel charged to the run's group, page cache included
 * @param startCpuSeconds until the program's code began, where it tells; else 0
 * @param loadCpuSeconds from there until the model was loaded, where it tells; else 0
 */
record Took(
        int exitCode,
        double wallSeconds,
        double cpuSeconds,
        long peakBytes,
        long anonBytes,
        long fileBytes,
        long chargedBytes,
        double startCpuSeconds,
        double loadCpuSeconds) {

    static final int TIMED_OUT = 124;

    private static final double MIB = 1 << 20;

    boolean isAnswered() {
        return exitCode == 0;
    }

    double peakMib() {
        return peakBytes / MIB;
    }

    double anonMib() {
        return anonBytes / MIB;
    }

    double fileMib() {
        return fileBytes / MIB;
    }

    double chargedMib() {
        return chargedBytes / MIB;
    }

    /** For a file that is read again. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("exit_code", exitCode);
        json.put("wall_seconds", wallSeconds);
        json.put("cpu_seconds", cpuSeconds);
        json.put("peak_bytes", peakBytes);
        json.put("anonymous_bytes", anonBytes);
        json.put("file_bytes", fileBytes);
        json.put("charged_bytes", chargedBytes);
        json.put("cpu_seconds_start", startCpuSeconds);
        json.put("cpu_seconds_load", loadCpuSeconds);
        return json;
    }

    static Took of(Fields json) {
        return new Took(
                Math.toIntExact(json.whole("exit_code")),
                json.number("wall_seconds"),
                json.number("cpu_seconds"),
                json.whole("peak_bytes"),
                json.whole("anonymous_bytes"),
                json.whole("file_bytes"),
                json.whole("charged_bytes"),
                json.number("cpu_seconds_start"),
                json.number("cpu_seconds_load"));
    }
}
