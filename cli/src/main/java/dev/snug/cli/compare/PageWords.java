package dev.snug.cli.compare;

import dev.snug.cli.language.Language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** The words of the page in one language. */
final class PageWords {
    private PageWords() {}

    /** All words by key; read anew each time. */
    static Properties in(Language language) {
        Properties words = new Properties();
        String file = "page_" + language.tag() + ".properties";
        try (InputStream in =
                Objects.requireNonNull(PageWords.class.getResourceAsStream(file), file)) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
