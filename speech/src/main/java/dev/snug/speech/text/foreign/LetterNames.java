package dev.snug.speech.text.foreign;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of the letters as foreign acronyms are read: those of the normaliser, but for M and N,
 * which keep their long form here: mờ, nờ. D and Đ are both đê, because that is how GDP, DVD and
 * UBND are said; dê of the spelling book is left to lexicons.
 */
public final class LetterNames {
    private LetterNames() {}

    /** The names of the letters of {@code word}; empty where one is no Latin letter. */
    public static Optional<String> of(String word) {
        List<String> names = new ArrayList<>();
        String letters = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        for (int at = 0; at < letters.length(); at++) {
            char letter = letters.charAt(at);
            Tone tone = Tone.of(letter).orElse(Tone.LEVEL);
            Optional<String> name = name(tone == Tone.LEVEL ? letter : tone.without(letter));
            if (name.isPresent()) {
                names.add(name.get());
                continue;
            }
            Optional<String> plain = LatinLetters.plain(String.valueOf(letter));
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            plain.get().chars().forEach(each -> names.add(name((char) each).orElse("")));
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", names));
    }

    private static Optional<String> name(char letter) {
        return switch (letter) {
            case 'm' -> Optional.of("mờ");
            case 'n' -> Optional.of("nờ");
            default -> dev.snug.speech.text.normalize.spoken.LetterNames.of(letter);
        };
    }
}
