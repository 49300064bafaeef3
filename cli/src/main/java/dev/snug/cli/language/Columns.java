package dev.snug.cli.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of a table as they were printed. A cell is text between two blanks or more; cells of
 * several lines that begin, or else end, at the same place are a column. With other words in the
 * cells a column moves to the right as far as it must, and never to the left.
 */
final class Columns {
    /** A cell: characters with single blanks at most between them. */
    private static final Pattern CELL = Pattern.compile("\\S+(?: \\S+)*");

    private static final Pattern FIGURE = Pattern.compile("[-+0-9.]+");

    /** Blanks between two cells. */
    private static final int GAP = 2;

    /**
     * A cell as it was printed.
     *
     * @param line of the table, from 0
     * @param start first column, from 0
     * @param end the column after the last
     */
    private record Cell(int line, int start, int end, String text) {}

    /** Where the cells of a column are held: at their beginnings or at their ends. */
    private record Edge(boolean isEnd, int at) {}

    /** Says a cell. */
    @FunctionalInterface
    interface Words {
        /**
         * The words of a cell.
         *
         * @param isBeforeFigures whether figures follow it in its line and nothing else does
         */
        String of(String cell, boolean isBeforeFigures);
    }

    private final List<List<Cell>> lines;

    private Columns(List<List<Cell>> lines) {
        this.lines = lines;
    }

    static Columns of(List<String> printed) {
        List<List<Cell>> lines = new ArrayList<>();
        for (String line : printed) {
            List<Cell> cells = new ArrayList<>();
            Matcher found = CELL.matcher(line);
            while (found.find()) {
                cells.add(new Cell(lines.size(), found.start(), found.end(), found.group()));
            }
            lines.add(cells);
        }
        return new Columns(lines);
    }

    /** The same lines with each cell as {@code words} says it. */
    List<String> said(Words words) {
        List<StringBuilder> said = new ArrayList<>();
        lines.forEach(_ -> said.add(new StringBuilder()));
        columns()
                .forEach(
                        (edge, cells) -> {
                            List<String> texts =
                                    cells.stream().map(cell -> said(cell, words)).toList();
                            int at = edge.at();
                            for (int i = 0; i < cells.size(); i++) {
                                int before = said.get(cells.get(i).line()).length();
                                int least = before == 0 ? 0 : before + GAP;
                                int width = edge.isEnd() ? texts.get(i).length() : 0;
                                at = Math.max(at, least + width);
                            }
                            for (int i = 0; i < cells.size(); i++) {
                                StringBuilder line = said.get(cells.get(i).line());
                                int width = edge.isEnd() ? texts.get(i).length() : 0;
                                line.repeat(' ', at - width - line.length()).append(texts.get(i));
                            }
                        });
        return said.stream().map(StringBuilder::toString).toList();
    }

    private String said(Cell cell, Words words) {
        List<Cell> behind =
                lines.get(cell.line()).stream().filter(it -> it.start() > cell.start()).toList();
        boolean isBeforeFigures =
                !behind.isEmpty()
                        && behind.stream().allMatch(it -> FIGURE.matcher(it.text()).matches());
        return words.of(cell.text(), isBeforeFigures);
    }

    /** Columns from left to right, so that all cells before one are placed before it. */
    private Map<Edge, List<Cell>> columns() {
        List<Cell> all = lines.stream().flatMap(List::stream).toList();
        Map<Edge, List<Cell>> columns = new LinkedHashMap<>();
        all.stream()
                .sorted(Comparator.comparingInt(Cell::start).thenComparingInt(Cell::line))
                .forEach(
                        cell ->
                                columns.computeIfAbsent(edge(cell, all), _ -> new ArrayList<>())
                                        .add(cell));
        return columns;
    }

    /** The edge that more cells share; a cell alone is held where it begins. */
    private static Edge edge(Cell cell, List<Cell> all) {
        long starts = all.stream().filter(other -> other.start() == cell.start()).count();
        long ends = all.stream().filter(other -> other.end() == cell.end()).count();
        return ends > starts ? new Edge(true, cell.end()) : new Edge(false, cell.start());
    }
}
