package dev.snug.speech.text.normalize.clean;

import org.jspecify.annotations.Nullable;

/**
 * A cleaned text, 0 to n UTF-16 characters, each with the range of the written text it came from.
 * Ranges are half open; a character that came with marks or stands for a ligature has the range of
 * the whole of it.
 */
public final class CleanText {
    private final char[] characters;
    private final int length;
    private final int writtenLength;

    /** Where each character began in the written text; null where nothing moved. */
    private final int @Nullable [] starts;

    CleanText(char[] characters, int length, int writtenLength, int @Nullable [] starts) {
        this.characters = characters;
        this.length = length;
        this.writtenLength = writtenLength;
        this.starts = starts;
    }

    public int length() {
        return length;
    }

    public char charAt(int index) {
        return characters[index];
    }

    /** Copies characters from {@code from} to before {@code to} to the start of {@code target}. */
    public void copy(int from, int to, char[] target) {
        System.arraycopy(characters, from, target, 0, to - from);
    }

    /** The index in the written text at which the clean character {@code index} began. */
    public int writtenFrom(int index) {
        if (index >= length) {
            return writtenLength;
        }
        return starts == null ? index : starts[index];
    }

    /**
     * The index in the written text after what clean character {@code end - 1} came from: up to the
     * next character that came from elsewhere.
     */
    public int writtenTo(int end) {
        if (starts == null) {
            return end;
        }
        int next = end;
        while (next < length && next > 0 && starts[next] == starts[next - 1]) {
            next++;
        }
        return writtenFrom(next);
    }
}
