package dev.snug.cli.language;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * English sentences and how they are said in another language.
 *
 * <p>Messages are put together from others ({@code FILE: MESSAGE}, {@code WHAT. REMEDY}), so a text
 * is a sentence of the catalogue, whose holes are texts again, or two texts with a {@link #JOINTS
 * joint} between them. Of all ways to read it, the one counts in which most characters belong to
 * sentences. What belongs to none stays as it is.
 */
final class Catalogue {
    /** What may stand between two texts, and does so in the other language, too. */
    private static final List<String> JOINTS = List.of(": ", ". ", "; ", ", ");

    /** Longer texts are nobody's message. */
    static final int TEXT_CHARS_MAX = 4000;

    /** Texts inside each other: a refusal inside a file's name inside the command's. */
    private static final int DEPTH_MAX = 12;

    /** Places at which one text is taken apart, so that the work stays small. */
    private static final int SPLITS_MAX = 24;

    /** Before English that is said so in a cell of a table alone. */
    static final String OF_CELLS = "| ";

    /** Behind English of cells that is said so only where nothing but figures follows. */
    static final String BEFORE_FIGURES = " |";

    /**
     * Before English that is said so only in a hole with a star: {@code run 1} may be a file, whose
     * name stands in front of a message.
     */
    static final String OF_HOLES = "> ";

    /** Whole sentences without holes, single words, and cells with their marks. */
    private final Map<String, String> whole;

    private final List<Template> templates;

    private Catalogue(Map<String, String> whole, List<Template> templates) {
        this.whole = whole;
        this.templates = templates;
    }

    /**
     * A text in the other language.
     *
     * @param score characters of English that belong to sentences; 0 where nothing was found
     */
    private record Said(String text, int score) {}

    /**
     * The catalogue that {@code text} holds: pairs of lines, English first; blank lines and those
     * that begin with {@code #} count for nothing.
     *
     * @throws IllegalArgumentException when a line has no partner, or a sentence is there twice
     */
    static Catalogue parse(String text) {
        Map<String, String> whole = new HashMap<>();
        List<Template> templates = new ArrayList<>();
        pairs(text)
                .forEach(
                        (english, other) -> {
                            Template template = Template.of(english, other);
                            if (template.literals().size() == 1) {
                                whole.put(english, other);
                            } else {
                                templates.add(template);
                            }
                        });
        return new Catalogue(whole, List.copyOf(templates));
    }

    /** The pairs in their order. */
    static Map<String, String> pairs(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        if (lines.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "a sentence without a partner in " + lines.getLast());
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i += 2) {
            if (pairs.put(lines.get(i), lines.get(i + 1)) != null) {
                throw new IllegalArgumentException("twice in the catalogue: " + lines.get(i));
            }
        }
        return pairs;
    }

    /** What {@code english} is in the other language; a single word is a name and stays. */
    String sentence(String english) {
        return english.length() > TEXT_CHARS_MAX
                ? english
                : best(english, false, 0, new HashMap<>()).text();
    }

    /** The same of a cell of a table, where a single word may be a word. */
    String cell(String english, boolean isBeforeFigures) {
        String marked = OF_CELLS + english;
        String other = whole.get(marked);
        if (other == null && isBeforeFigures) {
            other = whole.get(marked + BEFORE_FIGURES);
        }
        return other == null ? sentence(english) : other;
    }

    private Said best(String text, boolean isWord, int depth, Map<String, Said> known) {
        String other = whole.get(text);
        if (other != null && (isWord || text.indexOf(' ') >= 0)) {
            return new Said(other, text.length());
        }
        if (depth == DEPTH_MAX || text.indexOf(' ') < 0) {
            return new Said(text, 0);
        }
        String bare = text.strip();
        if (bare.length() < text.length()) {
            Said said = best(bare, isWord, depth, known);
            return new Said(text.replace(bare, said.text()), said.score());
        }
        String key = isWord ? OF_HOLES + text : text;
        Said before = known.get(key);
        if (before != null) {
            return before;
        }
        Said best = new Said(text, 0);
        for (Template template : templates) {
            Said filled =
                    template.isOfHoles() && !isWord ? null : filled(template, text, depth, known);
            if (filled != null && filled.score() > best.score()) {
                best = filled;
            }
        }
        best = joined(text, best, depth, known);
        known.put(key, best);
        return best;
    }

    private @Nullable Said filled(
            Template template, String text, int depth, Map<String, Said> known) {
        List<String> holes = template.match(text);
        if (holes.isEmpty()) {
            return null;
        }
        StringBuilder said = new StringBuilder();
        int score = template.literalChars();
        for (Template.Piece piece : template.pieces()) {
            switch (piece) {
                case Template.Literal(String literal) -> said.append(literal);
                case Template.Hole(int number, boolean isWord) -> {
                    Said hole = best(holes.get(number), isWord, depth + 1, known);
                    said.append(hole.text());
                    score += hole.score();
                }
            }
        }
        return new Said(said.toString(), score);
    }

    /**
     * The better one of {@code best} and of {@code text} taken apart. Where both are as good it is
     * taken apart: a sentence that begins with a hole would put words in front of a file's name.
     */
    private Said joined(String text, Said best, int depth, Map<String, Said> known) {
        Said better = best;
        int splits = 0;
        for (String joint : JOINTS) {
            int at = text.indexOf(joint);
            while (at >= 0 && splits++ < SPLITS_MAX) {
                int next = at + joint.length();
                Said left = best(text.substring(0, at), false, depth + 1, known);
                Said right = best(text.substring(next), false, depth + 1, known);
                int score = left.score() + right.score();
                if (score > 0 && score + joint.length() >= better.score()) {
                    better = new Said(left.text() + joint + right.text(), score + joint.length());
                }
                at = text.indexOf(joint, next);
            }
        }
        return better.score() == 0 && text.endsWith(".") ? withoutStop(text, depth, known) : better;
    }

    private Said withoutStop(String text, int depth, Map<String, Said> known) {
        Said said = best(text.substring(0, text.length() - 1), false, depth + 1, known);
        return new Said(said.text() + ".", said.score());
    }
}
