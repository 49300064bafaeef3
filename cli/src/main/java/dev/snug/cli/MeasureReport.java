package dev.snug.cli;

import dev.snug.runtime.bundle.Configuration;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What {@code snug measure} found: a table for people or one JSON object. */
record MeasureReport(String model, List<MeasuredRuns> configurations) {
    private static final double MICROS = 1e6;

    MeasureReport {
        configurations = List.copyOf(configurations);
    }

    void text(PrintStream out) {
        for (MeasuredRuns runs : configurations) {
            out.printf("%s %s, runs: %d%n", model, runs.configuration(), runs.runs().size());
            mebibytes(out, "peak", runs.peakBytes());
            mebibytes(out, "anonymous", runs.anonymousBytes());
            mebibytes(out, "file", runs.fileBytes());
            seconds(out, "CPU of the process", runs.cpuMicros());
            seconds(out, "one " + unit(runs), runs.unitMicros());
        }
    }

    /** What was run, in a few words: {@code speak, 750 frames, threads: 1}. */
    static String words(Configuration configuration) {
        StringBuilder words = new StringBuilder(configuration.job());
        if (configuration.settings().containsKey("frames")) {
            words.append(", ").append(configuration.settings().get("frames")).append(" frames");
        }
        if (configuration.settings().containsKey("side")) {
            words.append(", ").append(configuration.settings().get("side")).append(" pixels");
        }
        return words + ", threads: " + configuration.settings().get("threads");
    }

    private static void mebibytes(PrintStream out, String name, MeasuredRuns.Spread spread) {
        out.printf(
                Locale.ROOT,
                "  %-20s %8.1f MiB  (%.1f to %.1f)%n",
                name,
                Mebibytes.of(spread.median()),
                Mebibytes.of(spread.least()),
                Mebibytes.of(spread.most()));
    }

    private static void seconds(PrintStream out, String name, MeasuredRuns.Spread spread) {
        out.printf(
                Locale.ROOT,
                "  %-20s %8.3f s    (%.3f to %.3f)%n",
                name,
                spread.median() / MICROS,
                spread.least() / MICROS,
                spread.most() / MICROS);
    }

    private static String unit(MeasuredRuns runs) {
        return runs.units() == 0 ? "step" : "picture";
    }

    void json(PrintStream out) {
        JsonLines.write(
                out,
                json -> {
                    json.writeStringProperty("model", model);
                    json.writeArrayPropertyStart("configurations");
                    configurations.forEach(runs -> write(json, runs));
                    json.writeEndArray();
                });
    }

    private static void write(JsonGenerator json, MeasuredRuns runs) {
        Configuration configuration = runs.configuration();
        json.writeStartObject();
        json.writeStringProperty("configuration", configuration.toString());
        json.writeStringProperty("job", configuration.job());
        json.writeObjectPropertyStart("settings");
        configuration.settings().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeNumberProperty("runs", runs.runs().size());
        spread(json, "peak_rss_bytes", runs.peakBytes(), 1);
        spread(json, "peak_anonymous_bytes", runs.anonymousBytes(), 1);
        spread(json, "peak_file_bytes", runs.fileBytes(), 1);
        spread(json, "cpu_seconds", runs.cpuMicros(), MICROS);
        json.writeStringProperty("unit", unit(runs));
        spread(json, "unit_seconds", runs.unitMicros(), MICROS);
        json.writeEndObject();
    }

    private static void spread(
            JsonGenerator json, String name, MeasuredRuns.Spread spread, double divisor) {
        json.writeObjectPropertyStart(name);
        number(json, "median", spread.median(), divisor);
        number(json, "least", spread.least(), divisor);
        number(json, "most", spread.most(), divisor);
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, long value, double divisor) {
        if (divisor == 1) {
            json.writeNumberProperty(name, value);
        } else {
            json.writeNumberProperty(name, value / divisor);
        }
    }
}
