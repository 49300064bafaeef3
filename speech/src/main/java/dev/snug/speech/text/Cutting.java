package dev.snug.speech.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How VietVoice-TTS cuts a cleaned text into pieces of at most some characters (code points):
 *
 * <ol>
 *   <li>after a full stop, question or exclamation mark; a sentence that is still too long at its
 *       commas, each part ended by a comma; a part that is still too long into equal pieces,
 *   <li>neighbours are put together while they fit,
 *   <li>a piece of under four words joins the next, or where it is the last the one before.
 * </ol>
 */
final class Cutting {
    /** Words; a shorter piece makes the model gabble. */
    private static final int WORDS_MIN = 4;

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) +");
    private static final Pattern COMMA = Pattern.compile(", ");

    private final int charactersMax;

    private Cutting(int charactersMax) {
        this.charactersMax = charactersMax;
    }

    /**
     * The pieces of {@code text}, none empty.
     *
     * @throws TextException when fewer than one character would fit a piece
     */
    static List<String> pieces(String text, int charactersMax) {
        if (charactersMax < 1) {
            throw new TextException(
                    "not one character fits a chunk; raise --speed or --chunk-seconds, or take a"
                            + " shorter reference");
        }
        Cutting cutting = new Cutting(charactersMax);
        return cutting.withoutShortOnes(cutting.packed(cutting.parts(text)));
    }

    private List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String raw : SENTENCE_END.split(Spaces.strip(text), -1)) {
            String sentence = Spaces.strip(raw);
            if (length(sentence) < charactersMax) {
                addUnlessEmpty(parts, sentence);
                continue;
            }
            for (String clause : COMMA.split(sentence, -1)) {
                addClause(parts, Spaces.strip(clause));
            }
        }
        return parts;
    }

    private void addClause(List<String> parts, String clause) {
        if (clause.isEmpty()) {
            return;
        }
        String ended = clause.endsWith(",") ? clause : clause + ",";
        int length = length(ended);
        if (length < charactersMax) {
            parts.add(ended);
            return;
        }
        int count = length / charactersMax + 1;
        int each = length / count;
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = i < count - 1 ? ended.offsetByCodePoints(from, each) : ended.length();
            addUnlessEmpty(parts, Spaces.strip(ended.substring(from, to)));
            from = to;
        }
    }

    private List<String> packed(List<String> parts) {
        List<String> pieces = new ArrayList<>();
        for (String part : parts) {
            if (!pieces.isEmpty() && fit(pieces.getLast(), part)) {
                pieces.add(pieces.removeLast() + " " + part);
            } else {
                pieces.add(part);
            }
        }
        return pieces;
    }

    private List<String> withoutShortOnes(List<String> pieces) {
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            boolean isLast = i == pieces.size() - 1;
            if (Spaces.words(piece) >= WORDS_MIN) {
                merged.add(piece);
            } else if (!isLast && fit(piece, pieces.get(i + 1))) {
                merged.add(piece + " " + pieces.get(i + 1));
                i++;
            } else if (isLast && !merged.isEmpty() && fit(merged.getLast(), piece)) {
                merged.add(merged.removeLast() + " " + piece);
            } else {
                merged.add(piece);
            }
        }
        return merged;
    }

    private boolean fit(String first, String second) {
        return length(first) + 1 + length(second) <= charactersMax;
    }

    private static void addUnlessEmpty(List<String> parts, String part) {
        if (!part.isEmpty()) {
            parts.add(part);
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
