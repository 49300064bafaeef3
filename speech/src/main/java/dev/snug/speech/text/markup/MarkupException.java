package dev.snug.speech.text.markup;

import java.io.Serial;

/**
 * Broken markup. The message begins with line and column, and says what was expected; whoever wrote
 * the text can fix it.
 */
public final class MarkupException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    private MarkupException(String message, int line, int column) {
        super("line %d, column %d: %s".formatted(line, column, message));
        this.line = line;
        this.column = column;
    }

    /** The fault at the char {@code offset} of {@code written}. */
    static MarkupException at(int offset, String written, String message) {
        int line = 1;
        int start = 0;
        for (int at = 0; at < offset; at++) {
            char character = written.charAt(at);
            boolean windows =
                    character == '\r'
                            && at + 1 < written.length()
                            && written.charAt(at + 1) == '\n';
            if (character == '\n' || (character == '\r' && !windows)) {
                line++;
                start = at + 1;
            }
        }
        int column = written.codePointCount(Math.min(start, offset), offset) + 1;
        return new MarkupException(message, line, column);
    }

    /** From 1; lines end with LF, CRLF or CR. */
    public int line() {
        return line;
    }

    /** From 1, in characters (code points). */
    public int column() {
        return column;
    }
}
