package dev.snug.speech.text.markup;

/**
 * A stretch of the written text, in chars as {@link String} counts them: from {@code start}, up to
 * but without {@code end}.
 */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: %d to %d".formatted(start, end));
        }
    }

    /** The stretch of {@code written}. */
    public String of(String written) {
        return written.substring(start, end);
    }
}
