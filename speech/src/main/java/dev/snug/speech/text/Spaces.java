package dev.snug.speech.text;

/** White space as Python's {@code str.strip} and {@code str.split} see it. */
final class Spaces {
    private static final int NEXT_LINE = 0x85;

    private Spaces() {}

    static boolean isSpace(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == NEXT_LINE;
    }

    /** The text without white space at its ends. */
    static String strip(String text) {
        // All white space is in the first plane, one char each.
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        int to = text.length();
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Number of words. */
    static int words(String text) {
        int words = 0;
        boolean inWord = false;
        for (int at = 0; at < text.length(); at++) {
            boolean space = isSpace(text.charAt(at));
            words += !space && !inWord ? 1 : 0;
            inWord = !space;
        }
        return words;
    }
}
