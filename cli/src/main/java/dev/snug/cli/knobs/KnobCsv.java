package dev.snug.cli.knobs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as comma-separated values (RFC 4180): a line of names with their units, then a line a
 * row; lines end with CR LF; what was not measured is empty.
 */
public final class KnobCsv {
    /** The first line, without its end. */
    public static final String HEADER =
            "model,knob,value,is_default,peak_bytes,anonymous_bytes,shared_memory_bytes,seconds,"
                    + "cpu_seconds,memory_ratio,seconds_ratio,claims,verdicts";

    private static final String END = "\r\n";

    private KnobCsv() {}

    /** All rows of all models. */
    public static String text(KnobReport report) {
        StringBuilder text = new StringBuilder(HEADER).append(END);
        for (Findings findings : report.models()) {
            for (Row row : findings.rows()) {
                text.append(String.join(",", fields(findings.knobs().model().name(), row)));
                text.append(END);
            }
        }
        return text.toString();
    }

    private static List<String> fields(String model, Row row) {
        Setting setting = row.setting();
        double none = Double.NaN;
        return List.of(
                model,
                setting.knob().word(),
                setting.value(),
                Boolean.toString(setting.isDefault()),
                number(row.figures().map(Row.Figures::bytes).orElse(none), 0),
                number(row.figures().map(Row.Figures::anonymousBytes).orElse(none), 0),
                number(row.figures().map(Row.Figures::sharedMemoryBytes).orElse(none), 0),
                number(row.figures().map(Row.Figures::seconds).orElse(none), 3),
                number(row.figures().map(Row.Figures::cpuSeconds).orElse(none), 3),
                number(row.memoryRatio(), 3),
                number(row.secondsRatio(), 3),
                setting.claims().stream().map(Claim::word).collect(Collectors.joining(" ")),
                setting.claims().stream()
                        .map(claim -> Verdict.of(claim, row).word())
                        .collect(Collectors.joining(" ")));
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
