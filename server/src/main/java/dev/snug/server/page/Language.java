package dev.snug.server.page;

import dev.snug.server.http.Call;

import java.util.Locale;
import java.util.Optional;

/** A language that pages have. */
enum Language {
    VI("vi", "Tiếng Việt"),
    EN("en", "English");

    /** Where the language is kept once it was chosen. */
    static final String COOKIE = "snug_lang";

    private static final int ACCEPT_CHARS = 200;

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    /** BCP 47 tag. */
    String tag() {
        return tag;
    }

    /** What its speakers call it. */
    String ownName() {
        return ownName;
    }

    /** The language with this tag, whatever its region. */
    static Optional<Language> ofTag(String tag) {
        int end = tag.indexOf('-');
        String primary = (end < 0 ? tag : tag.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        for (Language language : values()) {
            if (language.tag.equals(primary)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The language of a call: what it asks for, else what was chosen, else what is preferred. */
    static Language of(Call call) {
        return call.query("lang")
                .flatMap(Language::ofTag)
                .or(() -> call.cookie(COOKIE).flatMap(Language::ofTag))
                .orElseGet(() -> preferred(call.header("Accept-Language").orElse("")));
    }

    /**
     * The likeliest of an {@code Accept-Language} list (RFC 9110, 12.5.4); English where it has
     * none that pages have.
     */
    static Language preferred(String accepted) {
        String list = accepted.substring(0, Math.min(accepted.length(), ACCEPT_CHARS));
        Language best = EN;
        double bestWeight = 0;
        for (int start = 0; start < list.length(); ) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            String item = list.substring(start, end);
            int semicolon = item.indexOf(';');
            double weight = semicolon < 0 ? 1 : weight(item.substring(semicolon + 1).trim());
            Optional<Language> language =
                    ofTag(semicolon < 0 ? item : item.substring(0, semicolon));
            if (language.isPresent() && weight > bestWeight) {
                best = language.get();
                bestWeight = weight;
            }
            start = end + 1;
        }
        return best;
    }

    private static double weight(String parameter) {
        if (!parameter.startsWith("q=")) {
            return 1;
        }
        try {
            return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
