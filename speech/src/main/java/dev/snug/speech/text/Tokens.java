package dev.snug.speech.text;

import java.util.Arrays;
import java.util.List;

/** A text as the model takes it: one id a token, each a line number of the vocabulary. */
public final class Tokens {
    private final int[] ids;
    private final List<String> unknown;

    /**
     * Keeps copies.
     *
     * @param ids 0 also for a token that the vocabulary lacks
     * @param unknown the tokens that it lacks, each once, in the order of the text
     */
    Tokens(int[] ids, List<String> unknown) {
        this.ids = ids.clone();
        this.unknown = List.copyOf(unknown);
    }

    public int size() {
        return ids.length;
    }

    /** The ids as a new array. */
    public int[] ids() {
        return ids.clone();
    }

    /** The tokens that the vocabulary lacks, each once, in the order of the text. */
    public List<String> unknown() {
        return unknown;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens tokens
                && Arrays.equals(ids, tokens.ids)
                && unknown.equals(tokens.unknown);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + unknown.hashCode();
    }

    @Override
    public String toString() {
        return "Tokens" + Arrays.toString(ids);
    }
}
