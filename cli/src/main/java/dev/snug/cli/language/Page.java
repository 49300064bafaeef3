package dev.snug.cli.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts printed lines into the words of a catalogue. A line with cells, two blanks or more between
 * them, belongs to a table: it is said cell by cell, together with the lines of the table around
 * it, and its columns stay straight ({@link Columns}).
 */
record Page(Catalogue catalogue) {
    private static final Pattern BETWEEN_CELLS = Pattern.compile("\\S {2,}\\S");

    /** All of {@code english}, with the ends of lines that it has. */
    String of(String english) {
        StringBuilder said = new StringBuilder();
        List<String> table = new ArrayList<>();
        for (String line : english.split("(?<=\n)", -1)) {
            String text = line.stripTrailing();
            boolean isTable = BETWEEN_CELLS.matcher(text).find() || text.startsWith("  ");
            if (!isTable) {
                finish(table, said);
                said.append(catalogue.sentence(text)).append(line.substring(text.length()));
            } else {
                table.add(line);
            }
        }
        finish(table, said);
        return said.toString();
    }

    private void finish(List<String> table, StringBuilder said) {
        if (!table.isEmpty()) {
            Columns.of(table.stream().map(String::stripTrailing).toList())
                    .said(catalogue::cell)
                    .forEach(line -> said.append(line).append(end(table.removeFirst())));
        }
    }

    private static String end(String line) {
        return line.substring(line.stripTrailing().length());
    }
}
