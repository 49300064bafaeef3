package dev.snug.cli.language;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/** The Vietnamese catalogue; read from the class path when the first line is to be said in it. */
final class Vietnamese {
    static final String FILE = "vi.txt";

    /** Read with the first line. */
    private static final class Read {
        static final Page PAGE = new Page(Catalogue.parse(text()));
    }

    private Vietnamese() {}

    /** The resource, as it is. */
    static String text() {
        try (InputStream in =
                Objects.requireNonNull(Vietnamese.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line or a page of them. */
    static String of(String english) {
        return Read.PAGE.of(english);
    }

    /** Flushes after lines, not by itself: that would flush each piece of a format. */
    static PrintStream over(PrintStream target) {
        return new PrintStream(new TranslatedLines(target), false, StandardCharsets.UTF_8);
    }

    static void print(PrintStream out, Consumer<PrintStream> page) {
        ByteArrayOutputStream english = new ByteArrayOutputStream();
        try (PrintStream into = new PrintStream(english, false, StandardCharsets.UTF_8)) {
            page.accept(into);
        }
        out.print(of(english.toString(StandardCharsets.UTF_8)));
        out.flush();
    }
}
