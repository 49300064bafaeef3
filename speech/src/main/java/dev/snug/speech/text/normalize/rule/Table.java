package dev.snug.speech.text.normalize.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A bundled file of tab-separated rows; lines that begin with "# " are comments. */
final class Table {
    private Table() {}

    /** The rows of the file, each of {@code columns} columns. */
    static List<List<String>> rows(String file, int columns) {
        List<List<String>> rows = new ArrayList<>();
        try (InputStream bytes = Table.class.getResourceAsStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(bytes, file),
                                        StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank() || line.startsWith("# ")) {
                    continue;
                }
                List<String> row = List.of(line.split("\t", -1));
                if (row.size() != columns) {
                    throw new IllegalStateException(
                            "%s:%d: %d columns, %d expected"
                                    .formatted(file, number, row.size(), columns));
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
        return rows;
    }
}
