package dev.snug.bench;

import dev.snug.runtime.bundle.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was measured on one machine, in the order of measuring: rows of configuration, quantity and
 * spread, and notes on what could not be measured and why. Written as CSV and as Markdown.
 */
final class Results {
    /** One quantity of one configuration. */
    record Row(String configuration, Quantity quantity, Spread spread) {}

    private static final String HEADER =
            "date,commit,cpu,cores,load,jdk,ort,settings,configuration,quantity,unit,runs,median,"
                    + "min,max";

    private final Conditions conditions;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Results(Conditions conditions) {
        this.conditions = conditions;
    }

    void add(String configuration, Quantity quantity, List<Double> values) {
        rows.add(new Row(configuration, quantity, Spread.of(values)));
    }

    /** Adds what every process has: wall and CPU seconds, peak RSS and its parts. */
    void addRuns(String configuration, List<Run> runs) {
        add(configuration, Quantity.WALL, runs.stream().map(Run::wallSeconds).toList());
        add(configuration, Quantity.CPU, runs.stream().map(Run::cpuSeconds).toList());
        add(configuration, Quantity.PEAK_RSS, mebibytes(runs.stream().map(Run::peakRssBytes)));
        add(configuration, Quantity.ANON, mebibytes(runs.stream().map(Run::anonBytes)));
        add(configuration, Quantity.FILE, mebibytes(runs.stream().map(Run::fileBytes)));
    }

    /** Says why something is missing. */
    void note(String note) {
        notes.add(note);
        System.err.println("bench: " + note);
    }

    /** Replaces {@code folder/<machine>.csv}: the history is the version control's. */
    Path writeCsv(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Row row : rows) {
            Spread spread = row.spread();
            text.append(conditions.csv())
                    .append(',')
                    .append(Conditions.csvField(row.configuration()))
                    .append(',')
                    .append(row.quantity().title)
                    .append(',')
                    .append(row.quantity().unit)
                    .append(',')
                    .append(spread.runs());
            for (double value : List.of(spread.median(), spread.min(), spread.max())) {
                text.append(',').append(row.quantity().format(value));
            }
            text.append('\n');
        }
        Path file = folder.resolve(conditions.machineKey() + ".csv");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(bytes));
        return file;
    }

    /** Writes the CSV into {@code folder} and prints the table. */
    void publish(Path folder) throws IOException {
        Path csv = writeCsv(folder);
        System.out.println(markdown());
        System.err.println("bench: wrote " + csv);
    }

    /** The table for docs/PERFORMANCE.md: one line a configuration, median (min–max). */
    String markdown() {
        Map<String, Map<Quantity, Spread>> lines = new LinkedHashMap<>();
        for (Row row : rows) {
            lines.computeIfAbsent(row.configuration(), _ -> new LinkedHashMap<>())
                    .put(row.quantity(), row.spread());
        }
        StringBuilder text = new StringBuilder(conditions.sentence()).append("\n\n");
        text.append("| |");
        List<Quantity> columns =
                Arrays.stream(Quantity.values())
                        .filter(one -> rows.stream().anyMatch(row -> row.quantity() == one))
                        .toList();
        for (Quantity quantity : columns) {
            text.append(' ').append(quantity.heading()).append(" |");
        }
        text.append(" runs |\n|---|").append("---|".repeat(columns.size() + 1));
        lines.forEach(
                (configuration, spreads) -> {
                    text.append("\n| ").append(configuration).append(" |");
                    int runs = 0;
                    for (Quantity quantity : columns) {
                        Spread spread = spreads.get(quantity);
                        text.append(spread == null ? "" : " " + cell(quantity, spread))
                                .append(" |");
                        runs = spread == null ? runs : spread.runs();
                    }
                    text.append(' ').append(runs).append(" |");
                });
        text.append('\n');
        notes.forEach(note -> text.append("\nNote: ").append(note).append(".\n"));
        return text.toString();
    }

    private static String cell(Quantity quantity, Spread spread) {
        String median = quantity.format(spread.median());
        String min = quantity.format(spread.min());
        String max = quantity.format(spread.max());
        return min.equals(max)
                ? median
                : String.format(Locale.ROOT, "%s (%s to %s)", median, min, max);
    }

    private static List<Double> mebibytes(Stream<Long> bytes) {
        return bytes.map(value -> value / (double) (1 << 20)).toList();
    }
}
