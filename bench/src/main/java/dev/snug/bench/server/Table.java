package dev.snug.bench.server;

import dev.snug.bench.Conditions;
import dev.snug.bench.Spread;
import dev.snug.runtime.bundle.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was measured, as CSV beside what other parts measured earlier, and as Markdown. */
final class Table {
    private static final String HEADER =
            "part,date,commit,cpu,cores,load,jdk,ort,settings,configuration,quantity,unit,runs,"
                    + "median,min,max";

    private final Conditions conditions;
    private final List<Line> lines = new ArrayList<>();

    /**
     * One quantity.
     *
     * @param reach what is to be reached, or nothing
     * @param original what the original takes, measured earlier, or nothing
     */
    private record Line(
            String part,
            String configuration,
            String quantity,
            String unit,
            Spread spread,
            String reach,
            String original) {}

    Table(Conditions conditions) {
        this.conditions = conditions;
    }

    void add(String part, String configuration, String quantity, String unit, List<Double> values) {
        add(part, configuration, quantity, unit, values, "", "");
    }

    void add(
            String part,
            String configuration,
            String quantity,
            String unit,
            List<Double> values,
            String reach,
            String original) {
        Spread spread = Spread.of(values);
        Line line = new Line(part, configuration, quantity, unit, spread, reach, original);
        lines.add(line);
        System.err.printf("bench: %s, %s: %s %s%n", configuration, quantity, cell(line), line.unit);
    }

    /** Writes {@code folder/<machine>.csv}, where lines of parts that were not measured stay. */
    void publish(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve(conditions.machineKey() + ".csv");
        Set<String> measured = new LinkedHashSet<>();
        lines.forEach(line -> measured.add(line.part));
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String part = line.substring(0, line.indexOf(','));
                if (!part.equals("part") && !measured.contains(part)) {
                    text.append(line).append('\n');
                }
            }
        }
        lines.forEach(line -> text.append(csv(line)).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(bytes));
        System.err.println("bench: wrote " + file);
    }

    private String csv(Line line) {
        Spread spread = line.spread;
        return String.join(
                ",",
                line.part,
                conditions.csv(),
                Conditions.csvField(line.configuration),
                Conditions.csvField(line.quantity),
                line.unit,
                Integer.toString(spread.runs()),
                shown(line, spread.median()),
                shown(line, spread.min()),
                shown(line, spread.max()));
    }

    String markdown() {
        StringBuilder text = new StringBuilder(conditions.sentence()).append("\n\n");
        text.append(
                "| | | measured | to reach | original (measured earlier, see issue) | runs |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            text.append("| ").append(line.configuration);
            text.append(" | ").append(line.quantity);
            text.append(line.unit.isEmpty() ? "" : ", " + line.unit);
            text.append(" | ").append(cell(line));
            text.append(" | ").append(line.reach);
            text.append(" | ").append(line.original);
            text.append(" | ").append(line.spread.runs()).append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Line line) {
        Spread spread = line.spread;
        String median = shown(line, spread.median());
        String min = shown(line, spread.min());
        String max = shown(line, spread.max());
        return min.equals(max) ? median : median + " (" + min + " to " + max + ")";
    }

    private static String shown(Line line, double value) {
        int decimals =
                switch (line.unit) {
                    case "s", "1/s" -> 2;
                    case "MiB" -> 1;
                    default -> 0;
                };
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
