package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Capitals that are no word: those of acronyms.tsv as it says, the others letter by letter, "USB",
 * "ĐHQG". Four letters or more that can be pronounced are left to the rules for foreign words:
 * "SONY"; and so are capitals that are a Vietnamese syllable: "TIN".
 */
final class Acronym implements Rule {
    private static final int LETTERS_MAX = 6;
    private static final int SHORT_LETTERS = 3;
    private static final String VOWELS = "AEIOUYĂÂÊÔƠƯ";

    private final Numbers numbers;
    private final Map<String, String> known = new HashMap<>();

    Acronym(Numbers numbers) {
        this.numbers = numbers;
        for (List<String> row : Table.rows("acronyms.tsv", 2)) {
            known.put(row.getFirst(), row.get(1));
        }
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isWord(at)) {
            return null;
        }
        String spoken = spoken(line, at);
        return spoken == null ? null : new Match(at + 1, spoken, SemioticClass.ACRONYM);
    }

    private @Nullable String spoken(Line line, int at) {
        String named = known.get(line.text(at));
        if (named != null) {
            return named;
        }
        if (numbers.profile().letters() == Profile.Letters.KEPT) {
            return null;
        }
        boolean consonant = line.size(at) == 1 && !line.isSyllable(at) && isKnown(line, at);
        if (consonant) {
            return LetterNames.spell(line.text(at));
        }
        boolean capitals = line.isUpper(at) && line.size(at) <= LETTERS_MAX && isKnown(line, at);
        if (!capitals || line.size(at) == 1 || line.isSyllable(at) || isWord(line.text(at))) {
            return null;
        }
        return LetterNames.spell(line.text(at));
    }

    /** Whether all letters have names: Latin ones. */
    private static boolean isKnown(Line line, int at) {
        return line.isAscii(at, "ĂÂĐÊÔƠƯăâđêôơư");
    }

    /** Whether a person would read the letters as a word: vowels, and no three consonants. */
    static boolean isWord(String capitals) {
        if (capitals.length() <= SHORT_LETTERS) {
            return false;
        }
        int vowels = 0;
        int consonants = 0;
        for (int i = 0; i < capitals.length(); i++) {
            if (VOWELS.indexOf(capitals.charAt(i)) >= 0) {
                vowels++;
                consonants = 0;
            } else if (++consonants > 2) {
                return false;
            }
        }
        return vowels > 1;
    }
}
