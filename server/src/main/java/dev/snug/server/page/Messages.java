package dev.snug.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** What pages say in one language: keys of lower-case words with underscores, to texts. */
final class Messages {
    private static final Map<Language, Messages> READ = new ConcurrentHashMap<>();

    private final Language language;
    private final Map<String, String> texts;

    private Messages(Language language, Map<String, String> texts) {
        this.language = language;
        this.texts = texts;
    }

    /** The messages of a language, read at its first use. */
    static Messages of(Language language) {
        return READ.computeIfAbsent(language, each -> new Messages(each, readTexts(each)));
    }

    private static Map<String, String> readTexts(Language language) {
        String name = "messages_" + language.tag() + ".properties";
        Properties properties = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " on the class path");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = HashMap.newHashMap(properties.size());
        for (String key : properties.stringPropertyNames()) {
            texts.put(key, properties.getProperty(key));
        }
        return Map.copyOf(texts);
    }

    Language language() {
        return language;
    }

    /** All of them, for templates. */
    Map<String, String> all() {
        return texts;
    }

    /** The text of {@code key}, where there is one. */
    Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /**
     * The text of {@code key} with {@code {0}}, {@code {1}} … replaced.
     *
     * @throws IllegalArgumentException when there is no such key
     */
    String text(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no message " + key);
        }
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i].toString());
        }
        return text;
    }

    /** Those whose key begins with one of these, for scripts. */
    Map<String, String> startingWith(String... prefixes) {
        Map<String, String> chosen = new HashMap<>();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            for (String prefix : prefixes) {
                if (entry.getKey().startsWith(prefix)) {
                    chosen.put(entry.getKey(), entry.getValue());
                }
            }
        }
        return chosen;
    }

    /** A number with {@code decimals} digits after the mark that the language has. */
    String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return language == Language.VI ? text.replace('.', ',') : text;
    }

    /** Bytes in MiB, or GiB from 10 GiB on. */
    String bytes(long bytes) {
        double mib = bytes / (1024.0 * 1024);
        return mib >= 10 * 1024
                ? number(mib / 1024, 1) + "\u00a0GiB"
                : number(mib, mib < 10 && mib != Math.rint(mib) ? 1 : 0) + "\u00a0MiB";
    }
}
