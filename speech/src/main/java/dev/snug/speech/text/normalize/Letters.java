package dev.snug.speech.text.normalize;

import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Map;

/** The letters of the spoken text: a to z and those of Vietnamese, both cases. */
final class Letters {
    private static final String VIETNAMESE =
            "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
    private static final boolean[] SPOKEN = new boolean[0x1F00];

    /** Letters without a mark that could be taken away. */
    private static final Map<Integer, String> OTHERS =
            Map.ofEntries(
                    Map.entry((int) 'ß', "ss"),
                    Map.entry((int) 'æ', "ae"),
                    Map.entry((int) 'Æ', "Ae"),
                    Map.entry((int) 'œ', "oe"),
                    Map.entry((int) 'Œ', "Oe"),
                    Map.entry((int) 'ø', "o"),
                    Map.entry((int) 'Ø', "O"),
                    Map.entry((int) 'ł', "l"),
                    Map.entry((int) 'Ł', "L"),
                    Map.entry((int) 'þ', "th"),
                    Map.entry((int) 'Þ', "Th"),
                    Map.entry((int) 'ı', "i"),
                    Map.entry((int) 'ħ', "h"));

    static {
        for (String letters : new String[] {VIETNAMESE, "abcdefghijklmnopqrstuvwxyz"}) {
            letters.chars().forEach(c -> SPOKEN[c] = true);
            letters.toUpperCase(Locale.ROOT).chars().forEach(c -> SPOKEN[c] = true);
        }
    }

    private Letters() {}

    static boolean isSpoken(char letter) {
        return letter < SPOKEN.length && SPOKEN[letter];
    }

    /** The letter without its foreign marks: "ö" is "o"; empty where none remains. */
    static String folded(int point) {
        String other = OTHERS.get(point);
        if (other != null) {
            return other;
        }
        String apart = java.text.Normalizer.normalize(Character.toString(point), Form.NFKD);
        StringBuilder letters = new StringBuilder();
        apart.chars().filter(c -> isSpoken((char) c)).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
