package dev.snug.speech.text.book;

import java.util.ArrayList;
import java.util.List;

/** Lines and paragraphs of a text. Pure. */
final class Paragraphs {
    /** Fewer lines say nothing of how a text is laid out. */
    private static final int LINES_MIN = 12;

    /** Characters; wrapped lines end at 60 to 80, longer ones were not wrapped by hand. */
    private static final int WRAPPED_CHARS_MAX = 100;

    /** Characters; a shorter line ends a paragraph or is a verse. */
    private static final int WRAPPED_CHARS_MIN = 45;

    /** The part of lines, blank ones aside, that are nearly full in wrapped text. */
    private static final double FULL_PART = 0.6;

    private Paragraphs() {}

    /**
     * {@code text} with paragraphs on one line each, where it is laid out in lines of at most
     * {@link #WRAPPED_CHARS_MAX} characters; else as it is. A reader stops at the end of a line,
     * which in such a text is no end of anything.
     */
    static String unwrapped(String text) {
        List<String> lines = text.lines().toList();
        if (!isWrapped(lines)) {
            return text;
        }
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).stripTrailing();
            boolean isLast = i == lines.size() - 1;
            boolean goesOn =
                    !isLast && line.length() >= WRAPPED_CHARS_MIN && !lines.get(i + 1).isBlank();
            joined.append(line).append(goesOn ? " " : isLast ? "" : "\n");
        }
        return joined.toString();
    }

    private static boolean isWrapped(List<String> lines) {
        int full = 0;
        int all = 0;
        for (String line : lines) {
            int chars = line.stripTrailing().length();
            if (chars > WRAPPED_CHARS_MAX) {
                return false;
            }
            all += chars > 0 ? 1 : 0;
            full += chars >= WRAPPED_CHARS_MIN ? 1 : 0;
        }
        return all >= LINES_MIN && full >= FULL_PART * all;
    }

    /** Pieces of {@code text}, each of at most some chars where lines allow, cut at blank lines. */
    static List<String> pieces(String text, int charsMax) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (text.length() - from > charsMax) {
            int end = cut(text, from, from + charsMax);
            pieces.add(text.substring(from, end));
            from = end;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** Behind the last blank line of a stretch, else its last line, else its last word. */
    private static int cut(String text, int from, int to) {
        for (String end : List.of("\n\n", "\n", " ")) {
            int at = text.lastIndexOf(end, to - end.length());
            if (at > from) {
                return at + end.length();
            }
        }
        return Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }
}
