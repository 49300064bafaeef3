package dev.snug.speech.text.foreign;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the letters as acronyms are read: tê, en nờ, hát. D and Đ are both đê, because that
 * is how GDP, DVD and UBND are said; dê of the spelling book is left to lexicons.
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
                    Map.entry('m', "mờ"),
                    Map.entry('n', "nờ"),
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

    /** The names of the letters of {@code word}; empty where one is no Latin letter. */
    public static Optional<String> of(String word) {
        List<String> names = new ArrayList<>();
        String letters = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        for (int at = 0; at < letters.length(); at++) {
            char letter = letters.charAt(at);
            Tone tone = Tone.of(letter).orElse(Tone.LEVEL);
            String name = NAMES.get(tone == Tone.LEVEL ? letter : tone.without(letter));
            if (name != null) {
                names.add(name);
                continue;
            }
            Optional<String> plain = LatinLetters.plain(String.valueOf(letter));
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            plain.get().chars().forEach(each -> names.add(NAMES.getOrDefault((char) each, "")));
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", names));
    }
}
