package dev.snug.speech.text.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A text file that lies beside this class: its lines without comments and empty ones. */
final class BundledTable {
    private BundledTable() {}

    static String text(String name) {
        try (InputStream in = BundledTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(String name) {
        return text(name).lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').toList();
    }
}
