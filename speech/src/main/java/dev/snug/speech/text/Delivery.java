package dev.snug.speech.text;

import java.util.List;

/**
 * How a family of models is given pieces of a text in one voice and at one pace: what it can read,
 * tokens, and how long a piece takes. Pure.
 */
public interface Delivery {
    /**
     * {@code text} as the family's models read it: its signs, nothing cut.
     *
     * @throws TextException when nothing is left
     */
    String readable(String text);

    /** Seconds that {@code piece} takes, the reference not counted. */
    double seconds(String piece);

    /**
     * {@code piece} as a chunk of its own.
     *
     * @throws TextException when it does not fit its time
     */
    Chunk chunk(String piece);

    /** The characters of {@code piece} that the vocabulary lacks. */
    List<String> unread(String piece);
}
