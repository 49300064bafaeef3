package dev.snug.cli.knobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A language that the report is written in. */
public enum Language {
    EN,
    VI;

    private static final double MIB = 1 << 20;

    private static final Map<Language, Map<String, String>> READ = new ConcurrentHashMap<>();

    /** BCP 47 tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The keys that have a text. */
    Set<String> keys() {
        return READ.computeIfAbsent(this, Language::read).keySet();
    }

    /** The text of {@code key}, where there is one. */
    Optional<String> find(String key) {
        return Optional.ofNullable(READ.computeIfAbsent(this, Language::read).get(key));
    }

    /**
     * The text of {@code key} with {@code {0}}, {@code {1}} … replaced.
     *
     * @throws IllegalArgumentException when there is no such key
     */
    String text(String key, Object... values) {
        String text =
                find(key).orElseThrow(() -> new IllegalArgumentException("no message " + key));
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }

    private static Map<String, String> read(Language language) {
        String name = "messages_" + language.tag() + ".properties";
        Properties texts = new Properties();
        try (InputStream in = Language.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " on the class path");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(key -> key, texts::getProperty));
    }

    /** A number with {@code decimals} digits behind the mark that the language has. */
    String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return this == VI ? text.replace('.', ',') : text;
    }

    /** Bytes in MiB, without the unit: a digit behind the mark below 10. */
    String mebibytes(double bytes) {
        double mib = bytes / MIB;
        return number(mib, Math.abs(mib) < 10 ? 1 : 0);
    }

    /** Seconds, without the unit; a dash where there are none. */
    String seconds(double seconds) {
        return Double.isNaN(seconds) ? "–" : number(seconds, seconds < 10 ? 2 : 0);
    }

    /** A share in whole percent, without a sign before or behind. */
    String percent(double share) {
        return number(100 * Math.abs(share), Math.abs(share) < 0.095 ? 1 : 0);
    }
}
