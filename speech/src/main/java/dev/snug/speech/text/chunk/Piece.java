package dev.snug.speech.text.chunk;

/**
 * A stretch of a text that is spoken in one run, without white space at its ends.
 *
 * @param text what stands between {@code start} and {@code end} of the whole text
 * @param start offset of its first char
 * @param end offset behind its last
 * @param seconds what the speaking was said to take
 */
public record Piece(String text, int start, int end, double seconds) {}
