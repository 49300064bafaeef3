package dev.snug.cli.knobs;

import tools.jackson.core.JsonGenerator;

/** A report as the properties of one JSON object; what was not measured is null. */
public final class KnobJson {
    private KnobJson() {}

    /** Writes them into an object that is begun and not ended. */
    public static void write(JsonGenerator json, KnobReport report) {
        conditions(json, report.conditions());
        json.writeArrayPropertyStart("models");
        report.models().forEach(findings -> model(json, findings));
        json.writeEndArray();
    }

    private static void conditions(JsonGenerator json, Conditions conditions) {
        json.writeObjectPropertyStart("conditions");
        json.writeStringProperty("date", conditions.date().toString());
        json.writeStringProperty("program", conditions.program());
        json.writeStringProperty("cpu", conditions.cpu());
        json.writeStringProperty("instruction_set", conditions.instructionSet());
        json.writeNumberProperty("cores", conditions.cores());
        json.writeNumberProperty("memory_bytes", conditions.memoryBytes());
        json.writeNumberProperty("load", conditions.load());
        json.writeStringProperty("java_version", conditions.java());
        json.writeStringProperty("ort_version", conditions.engine());
        json.writeEndObject();
    }

    private static void model(JsonGenerator json, Findings findings) {
        json.writeStartObject();
        json.writeStringProperty("model", findings.knobs().model().name());
        json.writeNumberProperty("runs", findings.defaultRuns().size());
        json.writeObjectPropertyStart("verification");
        json.writeNumberProperty("sampled_units", findings.sampled().units());
        json.writeNumberProperty("sampled_peak_bytes", findings.sampled().peakBytes());
        json.writeNumberProperty("units", findings.full().units());
        json.writeNumberProperty("peak_bytes", findings.full().peakBytes());
        number(json, "predicted_seconds", findings.predicted().whole().seconds());
        number(json, "seconds", findings.full().whole().seconds());
        number(json, "predicted_cpu_seconds", findings.predicted().whole().cpuSeconds());
        number(json, "cpu_seconds", findings.full().whole().cpuSeconds());
        number(json, "error", findings.errorShare());
        json.writeEndObject();
        json.writeArrayPropertyStart("rows");
        findings.rows().forEach(row -> row(json, row));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, Row row) {
        double none = Double.NaN;
        json.writeStartObject();
        json.writeStringProperty("knob", row.setting().knob().word());
        json.writeStringProperty("value", row.setting().value());
        json.writeBooleanProperty("is_default", row.setting().isDefault());
        number(json, "peak_bytes", row.figures().map(Row.Figures::bytes).orElse(none));
        number(
                json,
                "anonymous_bytes",
                row.figures().map(Row.Figures::anonymousBytes).orElse(none));
        number(
                json,
                "shared_memory_bytes",
                row.figures().map(Row.Figures::sharedMemoryBytes).orElse(none));
        number(json, "seconds", row.figures().map(Row.Figures::seconds).orElse(none));
        number(json, "cpu_seconds", row.figures().map(Row.Figures::cpuSeconds).orElse(none));
        number(json, "memory_ratio", row.memoryRatio());
        number(json, "seconds_ratio", row.secondsRatio());
        json.writeStringProperty("found", new Phrases(Language.EN).words(row));
        json.writeArrayPropertyStart("claims");
        for (Claim claim : row.setting().claims()) {
            json.writeStartObject();
            json.writeStringProperty("claim", claim.word());
            json.writeStringProperty("verdict", Verdict.of(claim, row).word());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, double value) {
        if (Double.isNaN(value)) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
