package dev.snug.speech.text;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A text as the model takes it: one id a token, each a line number of the vocabulary. */
public final class Tokens {
    private final int[] ids;
    private final List<String> unknown;
    private final int referenceSize;

    /**
     * Keeps copies.
     *
     * @param ids 0 also for a token that the vocabulary lacks
     * @param unknown the tokens that it lacks, each once, in the order of the text
     */
    Tokens(int[] ids, List<String> unknown) {
        this(ids, unknown, 0);
    }

    private Tokens(int[] ids, List<String> unknown, int referenceSize) {
        this.ids = ids.clone();
        this.unknown = List.copyOf(unknown);
        this.referenceSize = referenceSize;
    }

    /** The tokens that have these ids, all of them known. */
    public static Tokens of(int... ids) {
        return new Tokens(ids, List.of());
    }

    /** These tokens behind those of what is said in the reference. */
    public Tokens behind(Tokens reference) {
        int[] all = Arrays.copyOf(reference.ids, reference.ids.length + ids.length);
        System.arraycopy(ids, 0, all, reference.ids.length, ids.length);
        Set<String> unheard = new LinkedHashSet<>(reference.unknown);
        unheard.addAll(unknown);
        return new Tokens(all, List.copyOf(unheard), reference.ids.length);
    }

    /**
     * How many of the ids, from the first, are what is said in the reference; 0 in families that do
     * not tell the two apart.
     */
    public int referenceSize() {
        return referenceSize;
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
                && referenceSize == tokens.referenceSize
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
