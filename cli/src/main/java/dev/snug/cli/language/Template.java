package dev.snug.cli.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence in English with holes, and how it is said in another language.
 *
 * @param literals what stands around the holes of the English sentence, one more than holes; the
 *     first and the last may be empty
 * @param pieces of the other sentence, in its order
 * @param isOfHoles whether it is said so only in a hole whose words are translated, too
 */
record Template(List<String> literals, List<Piece> pieces, boolean isOfHoles) {
    private static final Pattern HOLE = Pattern.compile("\\{(\\d+)(\\*?)}");

    /** A part of a sentence. */
    sealed interface Piece {}

    /** What is said in any case. */
    record Literal(String text) implements Piece {}

    /**
     * What is filled in.
     *
     * @param number of the hole of the English sentence, from 0
     * @param isWord whether a single word in it is translated, too; a name could be equal to one
     */
    record Hole(int number, boolean isWord) implements Piece {}

    Template {
        literals = List.copyOf(literals);
        pieces = List.copyOf(pieces);
    }

    /**
     * The pair of {@code marked} and {@code other}, whose holes are {@code {1}}, {@code {2}} …;
     * {@code {1*}} is a hole whose single words are translated. English may begin with {@link
     * Catalogue#OF_HOLES}.
     *
     * @throws IllegalArgumentException when the holes of English are not counted from 1, or the
     *     other sentence has a hole that English lacks
     */
    static Template of(String marked, String other) {
        boolean isOfHoles = marked.startsWith(Catalogue.OF_HOLES);
        String english = isOfHoles ? marked.substring(Catalogue.OF_HOLES.length()) : marked;
        List<String> literals = new ArrayList<>();
        Matcher holes = HOLE.matcher(english);
        int from = 0;
        while (holes.find()) {
            literals.add(english.substring(from, holes.start()));
            from = holes.end();
            if (Integer.parseInt(holes.group(1)) != literals.size()) {
                throw new IllegalArgumentException("holes are not in order: " + english);
            }
        }
        literals.add(english.substring(from));
        return new Template(literals, pieces(other, literals.size() - 1), isOfHoles);
    }

    private static List<Piece> pieces(String other, int count) {
        List<Piece> pieces = new ArrayList<>();
        Matcher holes = HOLE.matcher(other);
        int from = 0;
        while (holes.find()) {
            pieces.add(new Literal(other.substring(from, holes.start())));
            from = holes.end();
            int number = Integer.parseInt(holes.group(1)) - 1;
            if (number < 0 || number >= count) {
                throw new IllegalArgumentException("no such hole in English: " + other);
            }
            pieces.add(new Hole(number, !holes.group(2).isEmpty()));
        }
        pieces.add(new Literal(other.substring(from)));
        return pieces;
    }

    /** Characters of English that are not filled in. */
    int literalChars() {
        return literals.stream().mapToInt(String::length).sum();
    }

    /**
     * What {@code text} has in the holes, each the least that it can be; nothing where it is not
     * this sentence.
     *
     * <p>Looking for each literal from the left, with the last one held to the end, finds a match
     * whenever there is one, in time that follows the length of the text.
     */
    List<String> match(String text) {
        int last = literals.size() - 1;
        int end = text.length() - literals.get(last).length();
        if (!text.startsWith(literals.getFirst()) || !text.endsWith(literals.get(last))) {
            return List.of();
        }
        List<String> found = new ArrayList<>(last);
        int from = literals.getFirst().length();
        for (int at = 1; at <= last; at++) {
            int next = at == last ? end : text.indexOf(literals.get(at), from);
            if (next < from || next > end) {
                return List.of();
            }
            found.add(text.substring(from, next));
            from = next + literals.get(at).length();
        }
        return found;
    }
}
