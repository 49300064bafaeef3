package dev.snug.speech.subtitle;

import dev.snug.speech.text.chunk.Chunker;
import dev.snug.speech.text.chunk.Piece;
import dev.snug.speech.text.chunk.Sentences;

import java.util.ArrayList;
import java.util.List;

/** Cuts a written text into what is shown at once: a sentence, or clauses of a long one. Pure. */
final class CueText {
    /** Characters of a line; television shows 37 to 42. */
    static final int LINE_CHARS = 42;

    /** Characters of two lines that a word's length may make uneven. */
    private static final int CUE_CHARS = 2 * LINE_CHARS - 6;

    private CueText() {}

    /** The cues of {@code text}, each on one line yet. */
    static List<String> of(String text) {
        Chunker cutter = new Chunker(words -> words.codePointCount(0, words.length()), CUE_CHARS);
        List<String> cues = new ArrayList<>();
        for (String sentence : Sentences.of(text)) {
            for (Piece piece : cutter.pieces(sentence.replaceAll("\\s+", " "))) {
                cues.add(piece.text());
            }
        }
        return cues;
    }

    /** {@code cue} on two lines of about the same length where one is too short for it. */
    static String lines(String cue) {
        if (cue.length() <= LINE_CHARS) {
            return cue;
        }
        int middle = cue.length() / 2;
        int before = cue.lastIndexOf(' ', middle);
        int behind = cue.indexOf(' ', middle);
        if (before < 0 && behind < 0) {
            return cue;
        }
        boolean isBefore = behind < 0 || (before >= 0 && middle - before <= behind - middle);
        int at = isBefore ? before : behind;
        return cue.substring(0, at) + "\n" + cue.substring(at + 1);
    }
}
