package dev.snug.speech.synth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The lines of a vocabulary as F5-TTS models have them: the space, printable ASCII, the letters of
 * Vietnamese in both cases, then syllables with a tone's number such as "zhang3".
 */
final class SyntheticVocabulary {
    private static final String LETTERS =
            "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

    private static final List<String> ONSETS =
            List.of(
                    "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh",
                    "ch", "sh", "r", "z", "c", "s", "y", "w");

    private static final List<String> RIMES =
            List.of(
                    "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "er",
                    "an", "en", "in", "un", "ang", "eng", "ing", "ong", "uan", "ian");

    private static final int TONES = 5;

    private SyntheticVocabulary() {}

    /** The first {@code count} lines, none of them twice. */
    static List<String> lines(int count) {
        Set<String> lines = new LinkedHashSet<>();
        for (char c = ' '; c <= '~'; c++) {
            lines.add(String.valueOf(c));
        }
        for (String letters : List.of(LETTERS, LETTERS.toUpperCase(Locale.ROOT))) {
            letters.codePoints().mapToObj(Character::toString).forEach(lines::add);
        }
        for (String onset : ONSETS) {
            for (String rime : RIMES) {
                for (int tone = 1; tone <= TONES; tone++) {
                    lines.add(onset + rime + tone);
                }
            }
        }
        for (int more = 1; lines.size() < count; more++) {
            lines.add("<" + more + ">");
        }
        return new ArrayList<>(lines).subList(0, count);
    }
}
