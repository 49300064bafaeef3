package dev.snug.speech.text.normalize.rule;

import java.util.Locale;

/**
 * What a written form is a sign of: 22 classes, foreign words and plain text. The order is that of
 * the conflict rule: of two readings of the same length the class that stands first here wins.
 */
public enum SemioticClass {
    ABBREVIATION,
    ELECTRONIC,
    TAG,
    LIST_MARKER,
    DATE,
    TIME,
    PHONE,
    CODE,
    ADDRESS,
    SCORE,
    RANGE,
    MONEY,
    PERCENT,
    MEASURE,
    ORDINAL,
    ROMAN,
    FRACTION,
    DECIMAL,
    CARDINAL,
    MATH,
    ACRONYM,
    EMOJI,

    /** A word that is no Vietnamese syllable and that the rules for foreign words read. */
    FOREIGN,

    /** Text that is said as it is written. */
    PLAIN;

    /** The name as files and JSON write it: "list_marker". */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
