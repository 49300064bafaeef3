package dev.snug.vision.report;

import dev.snug.vision.ClassLabel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** What reports say in one language. */
final class ReportWords {
    private final ReportLanguage language;
    private final Properties texts;

    /** The words of {@code language}, read anew: a report is rare, and nothing of it is kept. */
    ReportWords(ReportLanguage language) {
        this.language = language;
        this.texts = new Properties();
        try (InputStream in = resource("words_" + language.tag() + ".properties")) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = ReportWords.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("no " + name + " on the class path");
        }
        return in;
    }

    /** Snug's version, as it was built. */
    static String version() {
        try (InputStream in = resource("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text of {@code key} with {@code {0}}, {@code {1}} … replaced.
     *
     * @throws IllegalArgumentException when there is no such key
     */
    String text(String key, Object... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + key);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }

    /** The class as people call it, where that is known, else as the model does. */
    String nameOf(ClassLabel label) {
        return ClassNames.key(label.id(), label.name(), key -> texts.containsKey(key))
                .map(this::text)
                .orElse(label.name());
    }

    /** A word that a patient's field knows, such as {@code head-or-neck}. */
    String ofPatient(String word) {
        return Optional.ofNullable(texts.getProperty("word_" + ClassNames.plain(word)))
                .orElse(word);
    }

    /** A probability, as the web page shows it. */
    String percent(float probability) {
        // The number that answers print: a float made longer has digits that say nothing.
        double shown = 100 * Double.parseDouble(Float.toString(probability));
        return number(String.format(Locale.ROOT, "%.1f", shown)) + "\u00a0%";
    }

    /** A number with the mark that the language has. */
    String number(String english) {
        return language == ReportLanguage.VI ? english.replace('.', ',') : english;
    }
}
