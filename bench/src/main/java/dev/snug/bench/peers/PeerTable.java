package dev.snug.bench.peers;

import dev.snug.bench.Conditions;
import dev.snug.bench.Spread;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Rows as Markdown, CSV and JSON. */
final class PeerTable {
    private static final String HEADER =
            "date,commit,cpu,cores,load,jdk,ort,settings,job,configuration,quantity,unit,runs,median,"
                + "min,max,text";

    private PeerTable() {}

    /** One figure of a row: median (smallest to largest). */
    private record Figure(String quantity, String unit, int decimals, Spread spread) {}

    /** The table of one kind of job; rows that could not run stand below it with the reason. */
    static String markdown(Kind kind, List<Row> rows, Map<String, String> missing) {
        StringBuilder text = new StringBuilder();
        text.append("| ").append(kind.word()).append(" | peak RSS, MiB | anonymous / file | ");
        text.append("CPU s of the job | each ").append(kind.unit).append(" | the rest | ");
        text.append("smallest hard limit, MiB (CPU) | at ≤ 1.5 × CPU | answer | runs |\n");
        text.append("|---".repeat(10)).append("|\n");
        for (Row row : rows) {
            text.append("| ").append(row.peer().title());
            text.append(" | ").append(cell(row.peak(), 0));
            text.append(" | ").append(shown(row.anon().median(), 0));
            text.append(" / ").append(shown(row.file().median(), 0));
            text.append(" | ").append(cell(row.cpu(), 2));
            text.append(" | ").append(cell(row.unitCpu(), 3));
            text.append(" | ").append(cell(row.restCpu(), 2));
            text.append(" | ").append(smallest(row));
            text.append(" | ").append(good(row));
            text.append(" | ").append(row.difference().map(Difference::text).orElse("–"));
            text.append(" | ").append(row.cpu().runs()).append(" |\n");
        }
        missing.forEach(
                (title, why) ->
                        text.append("\nNot here: ")
                                .append(title)
                                .append(": ")
                                .append(why)
                                .append("\n"));
        return text.toString();
    }

    private static String smallest(Row row) {
        if (row.limit().isEmpty()) {
            return "–";
        }
        return row.limit()
                .get()
                .map(found -> found.smallestMib() + " (" + ratio(found.cpuRatio()) + ")")
                .orElse("none found");
    }

    private static String good(Row row) {
        Search.Found found = row.limit().flatMap(each -> each).orElse(null);
        if (found == null || row.peer().role() != Peer.Role.PLANNING) {
            return "–";
        }
        OptionalInt good = found.goodMib();
        return good.isPresent()
                ? good.getAsInt() + " (" + ratio(found.goodRatio()) + ")"
                : "none found";
    }

    /** A line a figure, under a line of names. */
    static String csv(Conditions conditions, List<Row> rows) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Row row : rows) {
            for (Figure figure : figures(row)) {
                Spread spread = figure.spread();
                line(
                        text,
                        conditions,
                        row,
                        figure.quantity(),
                        figure.unit(),
                        Integer.toString(spread.runs()),
                        shown(spread.median(), figure.decimals()),
                        shown(spread.min(), figure.decimals()),
                        shown(spread.max(), figure.decimals()),
                        "");
            }
            String answer = row.difference().map(Difference::text).orElse("");
            line(text, conditions, row, "answer", "", "1", "", "", "", answer);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Conditions conditions, Row row, String... fields) {
        text.append(conditions.csv()).append(',').append(row.peer().kind().word());
        text.append(',').append(Conditions.csvField(row.peer().title()));
        for (String field : fields) {
            text.append(',').append(Conditions.csvField(field));
        }
        text.append('\n');
    }

    private static List<Figure> figures(Row row) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("peak RSS", "MiB", 0, row.peak()));
        figures.add(new Figure("of it anonymous", "MiB", 0, row.anon()));
        figures.add(new Figure("of it file", "MiB", 0, row.file()));
        figures.add(new Figure("charged", "MiB", 0, row.charged()));
        figures.add(new Figure("CPU", "s", 3, row.cpu()));
        figures.add(new Figure("CPU each " + row.peer().kind().unit, "s", 3, row.unitCpu()));
        figures.add(new Figure("CPU of the rest", "s", 3, row.restCpu()));
        if (row.startCpu().max() > 0) {
            figures.add(new Figure("CPU of the start", "s", 3, row.startCpu()));
            figures.add(new Figure("CPU of the load", "s", 3, row.loadCpu()));
        }
        row.limit()
                .flatMap(each -> each)
                .ifPresent(
                        found -> {
                            figures.add(once("smallest hard limit", "MiB", 0, found.smallestMib()));
                            figures.add(once("CPU ratio there", "×", 2, found.cpuRatio()));
                            if (found.goodMib().isPresent()) {
                                double good = found.goodMib().getAsInt();
                                figures.add(once("limit at 1.5 × CPU", "MiB", 0, good));
                                figures.add(once("CPU ratio at it", "×", 2, found.goodRatio()));
                            }
                        });
        return figures;
    }

    private static Figure once(String quantity, String unit, int decimals, double value) {
        return new Figure(quantity, unit, decimals, Spread.of(List.of(value)));
    }

    /** The same figures as one object, by the row's id. */
    static Map<String, Object> json(Conditions conditions, List<Row> rows) {
        Map<String, Object> byId = new LinkedHashMap<>();
        for (Row row : rows) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("title", row.peer().title());
            fields.put("job", row.peer().kind().word());
            for (Figure figure : figures(row)) {
                Spread spread = figure.spread();
                fields.put(
                        figure.quantity() + (figure.unit().isEmpty() ? "" : ", " + figure.unit()),
                        List.of(spread.median(), spread.min(), spread.max()));
            }
            row.difference()
                    .ifPresent(
                            found -> {
                                fields.put("answer", found.text());
                                fields.put("answer_is_equal", found.isEqual());
                            });
            byId.put(row.peer().id(), fields);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("conditions", conditions.sentence());
        json.put("rows", byId);
        return json;
    }

    private static String cell(Spread spread, int decimals) {
        String median = shown(spread.median(), decimals);
        String min = shown(spread.min(), decimals);
        String max = shown(spread.max(), decimals);
        return min.equals(max) ? median : median + " (" + min + " to " + max + ")";
    }

    private static String ratio(double ratio) {
        return shown(ratio, 2) + " ×";
    }

    private static String shown(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
