package dev.snug.speech.text.foreign;

import java.util.Optional;

/**
 * What a word is, by its letters alone. The first that fits:
 *
 * <ol>
 *   <li>{@link #OTHER}: a character is no Latin letter.
 *   <li>{@link #ACRONYM}: one consonant, or 2 to 4 capitals without marks, unless the words around
 *       are in capitals too and it is a syllable with its marks or without.
 *   <li>{@link #VIETNAMESE}: a syllable. {@link #UNMARKED}: one where marks are put on.
 *   <li>{@link #ACRONYM}: no vowel (html, TTXVN), or all capitals with four consonants in a row.
 *   <li>{@link #FOREIGN}: the rest.
 * </ol>
 */
public enum WordKind {
    /** A syllable of Vietnamese as it stands: người, hoà, hòa, ban. */
    VIETNAMESE,
    /** A syllable when its marks are put on: nguoi, duoc, hat. English words may look so. */
    UNMARKED,
    /** Read letter by letter. */
    ACRONYM,
    /** A word of another language in Latin letters. */
    FOREIGN,
    /** No word: a digit, a sign or another script is in it, or nothing. */
    OTHER;

    /** Capitals; longer ones are words in capitals more often than acronyms. */
    private static final int ACRONYM_LETTERS_MAX = 4;

    /** Consonants in a row that nobody can say. */
    private static final int CONSONANTS_MAX = 3;

    /** The kind of {@code word}, whose neighbours are in lower case. */
    public static WordKind of(String word) {
        return of(word, false);
    }

    /**
     * The kind of {@code word}.
     *
     * @param amongCapitals whether the words around are in capitals, as in a headline
     */
    public static WordKind of(String word, boolean amongCapitals) {
        Optional<String> plain = LatinLetters.plain(word);
        if (plain.isEmpty()) {
            return OTHER;
        }
        String letters = plain.get();
        boolean isSyllable = Syllable.parse(word).isPresent();
        if (letters.length() == 1) {
            return isSyllable ? VIETNAMESE : ACRONYM;
        }
        boolean inCapitals = word.codePoints().noneMatch(Character::isLowerCase);
        boolean hasMarks = word.codePoints().anyMatch(character -> character > 'z');
        boolean isUnmarked = !isSyllable && UnmarkedSyllables.contains(letters);
        if (inCapitals && !hasMarks && letters.length() <= ACRONYM_LETTERS_MAX) {
            boolean shouted = amongCapitals && (isSyllable || isUnmarked);
            if (!shouted) {
                return ACRONYM;
            }
        }
        if (isSyllable) {
            return VIETNAMESE;
        }
        if (isUnmarked) {
            return UNMARKED;
        }
        int run = longestConsonants(letters);
        boolean unsayable = run == letters.length() || (inCapitals && run > CONSONANTS_MAX);
        return unsayable || (inCapitals && hasMarks) ? ACRONYM : FOREIGN;
    }

    private static int longestConsonants(String letters) {
        int longest = 0;
        int run = 0;
        for (int at = 0; at < letters.length(); at++) {
            run = "aeiouy".indexOf(letters.charAt(at)) >= 0 ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
