package dev.snug.speech.text.foreign;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Letters of Latin alphabets as a to z: ü is u, ß is ss, đ is d. */
final class LatinLetters {
    private static final Map<Character, String> WHOLE =
            Map.of(
                    'ß', "ss", 'æ', "ae", 'œ', "oe", 'ø', "o", 'ł', "l", 'đ', "d", 'ð', "d", 'þ',
                    "th", 'ı', "i");

    private LatinLetters() {}

    /** The letters of {@code word} in lower case; empty where one is none, or there is none. */
    static Optional<String> plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!lower.isEmpty() && isPlain(lower)) {
            return Optional.of(lower);
        }
        StringBuilder plain = new StringBuilder();
        String parts = Normalizer.normalize(lower, Normalizer.Form.NFD);
        for (int at = 0; at < parts.length(); at++) {
            char part = parts.charAt(at);
            String whole = WHOLE.get(part);
            if (part >= 'a' && part <= 'z') {
                plain.append(part);
            } else if (whole != null) {
                plain.append(whole);
            } else if (Character.getType(part) != Character.NON_SPACING_MARK) {
                return Optional.empty();
            }
        }
        return plain.isEmpty() ? Optional.empty() : Optional.of(plain.toString());
    }

    private static boolean isPlain(String word) {
        for (int at = 0; at < word.length(); at++) {
            if (word.charAt(at) < 'a' || word.charAt(at) > 'z') {
                return false;
            }
        }
        return true;
    }
}
