package dev.snug.speech.text;

import java.util.List;

/**
 * What will be spoken, piece by piece, at least one.
 *
 * @param unread the characters of the text that will not be heard: those that cleaning replaced by
 *     a space, punctuation aside, and those that the vocabulary lacks
 * @param leadMilliseconds silence before the first chunk
 */
public record Script(List<Chunk> chunks, List<String> unread, int leadMilliseconds) {
    /** A script that begins with its first chunk. */
    public Script(List<Chunk> chunks, List<String> unread) {
        this(chunks, unread, 0);
    }

    public Script {
        chunks = List.copyOf(chunks);
        unread = List.copyOf(unread);
        if (chunks.isEmpty()) {
            throw new TextException("nothing of the text is left to read aloud");
        }
    }
}
