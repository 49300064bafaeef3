package dev.snug.speech.text.normalize.spoken;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of letters as abbreviations are read in news: "a bê xê", f, l, m, n, r and s in their
 * short form.
 */
public final class LetterNames {
    private static final Map<Character, String> NAMES =
            Map.ofEntries(
                    Map.entry('a', "a"),
                    Map.entry('ă', "á"),
                    Map.entry('â', "ớ"),
                    Map.entry('b', "bê"),
                    Map.entry('c', "xê"),
                    Map.entry('d', "đê"),
                    Map.entry('đ', "đê"),
                    Map.entry('e', "e"),
                    Map.entry('ê', "ê"),
                    Map.entry('f', "ép"),
                    Map.entry('g', "giê"),
                    Map.entry('h', "hát"),
                    Map.entry('i', "i"),
                    Map.entry('j', "gi"),
                    Map.entry('k', "ca"),
                    Map.entry('l', "lờ"),
                    Map.entry('m', "em"),
                    Map.entry('n', "en"),
                    Map.entry('o', "o"),
                    Map.entry('ô', "ô"),
                    Map.entry('ơ', "ơ"),
                    Map.entry('p', "pê"),
                    Map.entry('q', "quy"),
                    Map.entry('r', "rờ"),
                    Map.entry('s', "ét"),
                    Map.entry('t', "tê"),
                    Map.entry('u', "u"),
                    Map.entry('ư', "ư"),
                    Map.entry('v', "vê"),
                    Map.entry('w', "vê kép"),
                    Map.entry('x', "ích"),
                    Map.entry('y', "y"),
                    Map.entry('z', "dét"));

    private LetterNames() {}

    /** The name of a small letter; empty where it has none. */
    public static Optional<String> of(char letter) {
        return Optional.ofNullable(NAMES.get(letter));
    }

    /** Every letter of {@code word} by its name; one without a name stays as it is. */
    public static String spell(String word) {
        StringBuilder spoken = new StringBuilder(word.length() * 4);
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (!spoken.isEmpty()) {
                spoken.append(' ');
            }
            char letter = lower.charAt(i);
            spoken.append(of(letter).orElse(String.valueOf(letter)));
        }
        return spoken.toString();
    }
}
