package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a text stream, each up to a limit of characters: what is longer comes in pieces, cut
 * at a space where one is near, so that memory does not follow the input.
 */
final class InputLines {
    private final Reader in;
    private final int limit;
    private final StringBuilder line = new StringBuilder();
    private final char[] buffer = new char[8192];
    private int at;
    private int filled;
    private boolean cut;

    /**
     * @param limit the most characters of a line, 2 or more
     */
    InputLines(Reader in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line without its end, or null after the last. */
    @Nullable String next() throws IOException {
        while (true) {
            if (at == filled && !fill()) {
                return line.isEmpty() ? null : taken(line.length());
            }
            char c = buffer[at++];
            if (c == '\n') {
                boolean rest = cut && line.isEmpty();
                cut = false;
                if (!rest) {
                    return taken(withoutReturn());
                }
            } else {
                line.append(c);
                if (line.length() >= limit) {
                    cut = true;
                    return taken(cutAt());
                }
            }
        }
    }

    private int withoutReturn() {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length;
    }

    /** Where a line that is too long ends: at the last space of its second half, or anywhere. */
    private int cutAt() {
        int space = line.lastIndexOf(" ");
        if (space > limit / 2) {
            return space + 1;
        }
        return Character.isHighSurrogate(line.charAt(limit - 1)) ? limit - 1 : limit;
    }

    private String taken(int length) {
        String taken = line.substring(0, length);
        int end = cut ? length : line.length();
        line.delete(0, end);
        return taken;
    }

    private boolean fill() throws IOException {
        filled = Math.max(in.read(buffer), 0);
        at = 0;
        return filled > 0;
    }
}
