package dev.snug.speech.text.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lexicons in a row, 0 to {@link #COUNT_MAX}. The longest entry of all counts; of equally long ones
 * that of the last lexicon, so a call's own stands behind the server's.
 */
public final class Lexicons {
    /** Lexicons; the program's, the server's, the voice's and the call's are four. */
    public static final int COUNT_MAX = 8;

    /** No lexicon at all. */
    public static final Lexicons NONE = new Lexicons(List.of());

    private final List<Lexicon> lexicons;

    /**
     * @throws LexiconException when they are too many
     */
    public Lexicons(List<Lexicon> lexicons) {
        if (lexicons.size() > COUNT_MAX) {
            throw new LexiconException(
                    "%d lexicons are given; at most %d".formatted(lexicons.size(), COUNT_MAX));
        }
        this.lexicons = List.copyOf(lexicons);
    }

    /** These on top of {@code lowest}. */
    Lexicons above(Lexicon lowest) {
        List<Lexicon> all = new ArrayList<>();
        all.add(lowest);
        all.addAll(lexicons);
        return new Lexicons(all);
    }

    /**
     * The places of {@code text} that entries fit, from left to right, none in another. Time in
     * proportion to the text: each word is looked at {@link Lexicon#TOKENS_MAX} times at most.
     */
    public List<Lexicon.Match> matches(String text) {
        List<Lexicon.Match> matches = new ArrayList<>();
        for (int at = WordTokens.start(text, 0); at < text.length(); ) {
            Optional<Lexicon.Match> match = at(text, at);
            match.ifPresent(matches::add);
            int end = match.isPresent() ? match.get().end() : WordTokens.end(text, at);
            at = WordTokens.start(text, end);
        }
        return matches;
    }

    /** What the whole of {@code word} is spoken as. */
    public Optional<String> spoken(String word) {
        return word.isEmpty()
                ? Optional.empty()
                : at(word, 0)
                        .filter(match -> match.end() == word.length())
                        .map(Lexicon.Match::spoken);
    }

    private Optional<Lexicon.Match> at(String text, int at) {
        if (lexicons.isEmpty()) {
            return Optional.empty();
        }
        String first = WordTokens.folded(text.substring(at, WordTokens.end(text, at)));
        Optional<Lexicon.Match> longest = Optional.empty();
        for (Lexicon lexicon : lexicons) {
            Optional<Lexicon.Match> match = lexicon.at(text, at, first);
            if (match.isPresent()
                    && (longest.isEmpty() || match.get().end() >= longest.get().end())) {
                longest = match;
            }
        }
        return longest;
    }
}
