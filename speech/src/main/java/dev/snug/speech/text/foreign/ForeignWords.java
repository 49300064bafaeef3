package dev.snug.speech.text.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How words that are not Vietnamese are spoken, in one {@link ForeignMode}. The user's lexicons
 * count in every mode and before everything; the bundled one only where words are respelled. May be
 * used by several threads.
 */
public final class ForeignWords {
    /** Characters; what is longer is no word, and is left as it stands. */
    public static final int CHARACTERS_MAX = 100;

    /** Characters; the s of "his" is no plural. */
    private static final int SHORT_CHARACTERS = 3;

    private static final Pattern JOINTS =
            Pattern.compile(
                    "[-\u2010\u2011]|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private static final Pattern JOINED = Pattern.compile("[-\u2010\u2011'\u2019]|.\\p{Lu}");

    private static final Pattern POSSESSIVE = Pattern.compile("(?<=\\p{L})['\u2019][sS]$");
    private static final Pattern APOSTROPHE = Pattern.compile("['\u2019]");

    private final ForeignMode mode;
    private final Lexicons lexicons;
    private final Respelling respelling = new Respelling();

    /**
     * @param own the user's lexicons
     * @throws LexiconException when with the bundled one they are too many
     */
    public ForeignWords(ForeignMode mode, Lexicons own) {
        this.mode = mode;
        this.lexicons = mode == ForeignMode.RESPELL ? own.above(Lexicon.bundled()) : own;
    }

    /**
     * The places of a text that a lexicon knows, from left to right: words and phrases, the longest
     * first. To be asked before single words are.
     */
    public List<Lexicon.Match> phrases(String text) {
        return lexicons.matches(text);
    }

    /** As {@link #spoken(String, boolean)}, of a word whose neighbours are in lower case. */
    public Optional<String> spoken(String word) {
        return spoken(word, false);
    }

    /**
     * What {@code word} is spoken as, in Vietnamese syllables; empty where it is to be read as it
     * stands: a Vietnamese word, one of another script, one with digits, one over {@link
     * #CHARACTERS_MAX}, or any in {@link ForeignMode#KEEP}.
     *
     * @param word a word without spaces; hyphens, apostrophes and capitals inside divide it
     * @param amongCapitals whether the words around are in capitals, as in a headline
     */
    public Optional<String> spoken(String word, boolean amongCapitals) {
        if (word.isEmpty() || word.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        Optional<String> known = known(word);
        if (known.isPresent() || mode == ForeignMode.KEEP) {
            return known;
        }
        if (!JOINED.matcher(word).find()) {
            return byKind(word, WordKind.of(word, amongCapitals));
        }
        return joined(word, amongCapitals);
    }

    /** What a word with hyphens, apostrophes or capitals inside is spoken as. */
    private Optional<String> joined(String word, boolean amongCapitals) {
        String whole = APOSTROPHE.matcher(POSSESSIVE.matcher(word).replaceAll("s")).replaceAll("");
        List<String> spoken = new ArrayList<>();
        boolean changed = false;
        for (String part : JOINTS.split(whole, -1)) {
            if (part.isEmpty()) {
                continue;
            }
            WordKind kind = WordKind.of(part, amongCapitals);
            if (kind == WordKind.OTHER) {
                return Optional.empty();
            }
            Optional<String> said = part.equals(word) ? byKind(part, kind) : part(part, kind);
            changed |= said.isPresent();
            spoken.add(said.orElseGet(() -> part.toLowerCase(Locale.ROOT)));
        }
        return changed ? Optional.of(String.join(" ", spoken)) : Optional.empty();
    }

    private Optional<String> part(String part, WordKind kind) {
        return known(part).or(() -> byKind(part, kind));
    }

    /** What a lexicon says of the word, or of what its plural or possessive s stands behind. */
    private Optional<String> known(String word) {
        Optional<String> whole = lexicons.spoken(word);
        if (whole.isPresent() || (!word.endsWith("s") && !word.endsWith("S"))) {
            return whole;
        }
        String singular = POSSESSIVE.matcher(word).replaceAll("");
        boolean isPossessive = singular.length() < word.length();
        if (isPossessive || word.length() <= SHORT_CHARACTERS || isVietnamese(word)) {
            return isPossessive ? lexicons.spoken(singular) : Optional.empty();
        }
        return lexicons.spoken(word.substring(0, word.length() - 1));
    }

    private static boolean isVietnamese(String word) {
        return Syllable.parse(word).isPresent();
    }

    private Optional<String> byKind(String word, WordKind kind) {
        return switch (kind) {
            case VIETNAMESE, UNMARKED, OTHER -> Optional.empty();
            case ACRONYM -> LetterNames.of(word);
            case FOREIGN ->
                    mode == ForeignMode.SPELL
                            ? LetterNames.of(word)
                            : highland(word).or(() -> LatinLetters.plain(word).map(respelling::of));
        };
    }

    /** A syllable that is written with k at its end, as names of the Central Highlands are: Đắk. */
    private static Optional<String> highland(String word) {
        int last = word.length() - 1;
        return word.endsWith("k")
                ? Syllable.parse(word.substring(0, last) + "c").map(Syllable::spelled)
                : Optional.empty();
    }
}
