package dev.snug.bench.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param runs fresh servers of each short part
 * @param limitRuns fresh servers under the hard limit
 * @param requests of the open loop under the limit
 * @param rate arrivals a second; 0: {@link #SHARE} of what a short closed loop reached
 * @param bursts of 64 parallel requests after the open loop
 * @param drift requests of the small classifier
 * @param largeDrift requests of EfficientNetV2-S
 */
record Scale(
        int runs, int limitRuns, int requests, double rate, int bursts, int drift, int largeDrift) {
    /** Of the capacity: a busy server that still keeps up. */
    static final double SHARE = 0.6;

    private static final Map<String, Double> DEFAULTS =
            Map.of(
                    "runs", 3.0,
                    "limit-runs", 1.0,
                    "requests", 500.0,
                    "rate", 0.0,
                    "bursts", 5.0,
                    "drift", 10_000.0,
                    "large-drift", 1000.0);

    /** From flags such as {@code --runs=1}. */
    static Scale of(List<String> flags) {
        Map<String, Double> values = new HashMap<>(DEFAULTS);
        for (String flag : flags) {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(2, equals);
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException(
                        "%s is none of --NAME=NUMBER with %s".formatted(flag, DEFAULTS.keySet()));
            }
            values.put(name, Double.valueOf(flag.substring(equals + 1)));
        }
        return new Scale(
                whole(values, "runs"),
                whole(values, "limit-runs"),
                whole(values, "requests"),
                value(values, "rate"),
                whole(values, "bursts"),
                whole(values, "drift"),
                whole(values, "large-drift"));
    }

    private static int whole(Map<String, Double> values, String name) {
        return (int) value(values, name);
    }

    private static double value(Map<String, Double> values, String name) {
        return values.getOrDefault(name, 0.0);
    }
}
