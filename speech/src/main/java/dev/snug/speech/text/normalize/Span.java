package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

/**
 * A reading: what was written from {@code writtenFrom} to before {@code writtenTo}, and where it is
 * in the spoken text. Both count UTF-16 characters. A reading of nothing, such as a list's dash, is
 * an empty range of the spoken text.
 */
public record Span(
        int writtenFrom, int writtenTo, int spokenFrom, int spokenTo, SemioticClass kind) {}
