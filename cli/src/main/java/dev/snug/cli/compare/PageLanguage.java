package dev.snug.cli.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** A language of the page. */
public enum PageLanguage {
    /** Vietnamese. */
    VI,

    /** English. */
    EN;

    /** As HTML names it (BCP 47). */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words by key; read anew each time. */
    Properties words() {
        Properties words = new Properties();
        String file = "page_" + tag() + ".properties";
        try (InputStream in =
                Objects.requireNonNull(PageLanguage.class.getResourceAsStream(file), file)) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
