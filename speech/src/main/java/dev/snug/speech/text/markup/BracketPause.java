package dev.snug.speech.text.markup;

import java.util.OptionalInt;

/**
 * A pause in brackets: {@code [pause 500ms]}.
 *
 * @param milliseconds 0 to {@link Part.Pause#MILLISECONDS_MAX}
 */
record BracketPause(int milliseconds, Span span) {
    private static final String WORD = "[pause";

    /** Chars between the word and the bracket: a time, and spaces around it. */
    private static final int CHARACTERS_MAX = 32;

    static boolean begins(String text, int at) {
        int end = at + WORD.length();
        return text.regionMatches(true, at, WORD, 0, WORD.length())
                && (end == text.length()
                        || text.charAt(end) == ']'
                        || Tag.isSpace(text.charAt(end)));
    }

    static BracketPause read(String text, int at) {
        int from = at + WORD.length();
        int end = text.indexOf(']', from, Math.min(text.length(), from + CHARACTERS_MAX));
        if (end < 0) {
            throw MarkupException.at(
                    at,
                    text,
                    "[pause is broken: expected %s and ']'; to read a '[' aloud, put a space behind it"
                            .formatted(Lengths.EXPECTED));
        }
        String time = text.substring(from, end).replace(" ", "");
        OptionalInt milliseconds = Lengths.milliseconds(time);
        if (milliseconds.isEmpty()) {
            throw MarkupException.at(
                    from,
                    text,
                    "[pause] has \"%s\"; expected %s; to read a '[' aloud, put a space behind it"
                            .formatted(Found.shown(time), Lengths.EXPECTED));
        }
        return new BracketPause(milliseconds.getAsInt(), new Span(at, end + 1));
    }
}
