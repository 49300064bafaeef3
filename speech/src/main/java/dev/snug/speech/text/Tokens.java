package dev.snug.speech.text;

import java.util.List;

/**
 * A text as the model takes it: one id a token, each a line number of the vocabulary.
 *
 * @param ids 0 also for a token that the vocabulary lacks
 * @param unknown the tokens that it lacks, each once, in the order of the text
 */
public record Tokens(List<Integer> ids, List<String> unknown) {
    public Tokens {
        ids = List.copyOf(ids);
        unknown = List.copyOf(unknown);
    }

    public int size() {
        return ids.size();
    }

    /** The ids as a new array. */
    public int[] array() {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
