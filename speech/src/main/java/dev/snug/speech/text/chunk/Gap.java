package dev.snug.speech.text.chunk;

/**
 * The words on both sides of white space (or of nothing, behind a wide mark), and what they look
 * like.
 */
final class Gap {
    /** Chars looked at on each side; longer words are none that a rule knows. */
    private static final int REACH = 64;

    private static final String CLOSERS = "\"'”’»)]}›」』）";
    private static final String OPENERS = "\"'“‘«([{‹「『（¿¡*_";

    private final String text;
    private final int start;
    private final int end;

    /** The token before, with everything that sticks to it. */
    final String before;

    /** The token behind. */
    final String behind;

    /** Whether the token before begins a line. */
    final boolean beginsLine;

    Gap(String text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        int from = start;
        while (from > 0 && start - from < REACH && !isSpace(text.charAt(from - 1))) {
            from--;
        }
        int to = end;
        while (to < text.length() && to - end < REACH && !isSpace(text.charAt(to))) {
            to++;
        }
        before = text.substring(from, start);
        behind = text.substring(end, to);
        beginsLine = from == 0 || isLineEnd(text.charAt(from - 1)) || isIndented(from);
    }

    private boolean isIndented(int from) {
        int at = from;
        while (at > 0 && from - at < REACH && isSpace(text.charAt(at - 1))) {
            at--;
            if (isLineEnd(text.charAt(at))) {
                return true;
            }
        }
        return at == 0;
    }

    static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isLineEnd(char character) {
        return character == '\n'
                || character == '\r'
                || character == '\u2029'
                || character == '\u2028';
    }

    /** Line ends in the white space, CRLF counted once: 0, 1, or 2 for more. */
    int lineEnds() {
        int count = 0;
        for (int at = start; at < end && count < 2; at++) {
            char character = text.charAt(at);
            boolean windows = character == '\r' && at + 1 < end && text.charAt(at + 1) == '\n';
            count += isLineEnd(character) && !windows ? 1 : 0;
        }
        return count;
    }

    /** The token before without quotes and brackets that close behind it. */
    String unclosed() {
        int to = before.length();
        while (to > 0 && CLOSERS.indexOf(before.charAt(to - 1)) >= 0) {
            to--;
        }
        return before.substring(0, to);
    }

    /** {@code token} without quotes and brackets that open before it. */
    static String unopened(String token) {
        int from = 0;
        while (from < token.length() && OPENERS.indexOf(token.charAt(from)) >= 0) {
            from++;
        }
        return token.substring(from);
    }

    /** The letters and digits that the token behind begins with, quotes left out. */
    String wordBehind() {
        String token = unopened(behind);
        int to = 0;
        while (to < token.length() && Character.isLetterOrDigit(token.charAt(to))) {
            to++;
        }
        return token.substring(0, to);
    }

    /** Whether what follows goes on in lower case. */
    boolean goesOn() {
        String word = unopened(behind);
        return !word.isEmpty() && Character.isLowerCase(word.codePointAt(0));
    }
}
