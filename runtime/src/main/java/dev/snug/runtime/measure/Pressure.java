package dev.snug.runtime.measure;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long tasks waited for memory: pressure stall information (kernel documentation,
 * accounting/psi).
 *
 * @param some time in which at least one task waited
 * @param full time in which all tasks that could run waited
 */
public record Pressure(Stall some, Stall full) {
    /**
     * One line of it.
     *
     * @param avg10Percent share of the last 10 seconds, 0 to 100
     * @param avg60Percent share of the last 60 seconds, 0 to 100
     * @param totalMicros all waiting since the start, in microseconds
     */
    public record Stall(double avg10Percent, double avg60Percent, long totalMicros) {}

    /** The pressure told by {@code file}; empty when it is absent or switched off. */
    static Optional<Pressure> read(KernelFiles files, String file) {
        Map<String, Stall> stalls = new TreeMap<>();
        for (String line : files.text(file).orElse("").lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            Map<String, String> values = new TreeMap<>();
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    values.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
            stalls.put(
                    words[0],
                    new Stall(
                            percent(files, file, values.getOrDefault("avg10", "")),
                            percent(files, file, values.getOrDefault("avg60", "")),
                            files.number(file, values.getOrDefault("total", ""))));
        }
        Stall some = stalls.get("some");
        Stall full = stalls.get("full");
        return some == null || full == null
                ? Optional.empty()
                : Optional.of(new Pressure(some, full));
    }

    private static double percent(KernelFiles files, String file, String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
            throw files.malformed(file, text);
        }
        return Double.parseDouble(text);
    }
}
