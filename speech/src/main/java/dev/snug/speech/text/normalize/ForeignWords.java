package dev.snug.speech.text.normalize;

import java.util.Optional;

/** How words are said that are no Vietnamese syllable and that no other class reads. */
@FunctionalInterface
public interface ForeignWords {
    /** Every word stays as it is written. */
    ForeignWords KEPT = _ -> Optional.empty();

    /**
     * What is said for {@code word}, letters and spaces, or empty where it stays as written.
     *
     * @param word as written, one or more letters of any script, an apostrophe inside
     */
    Optional<String> spoken(String word);
}
