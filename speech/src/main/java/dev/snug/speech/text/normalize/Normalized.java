package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.rule.SemioticClass;

import java.util.List;

/**
 * A text as it is said: Latin and Vietnamese letters, single spaces and {@code . , ! ? ; :} only.
 *
 * @param written the text as it came
 * @param spoken the text to say
 * @param spans every word and reading in order, the plain ones too; none overlap, and what lies
 *     between is spaces and marks
 * @param dropped characters that are not said, each once, up to {@link #DROPPED_MAX}; brackets,
 *     quotes, dashes and other silent marks are not among them
 */
public record Normalized(String written, String spoken, List<Span> spans, List<String> dropped) {
    /** Different characters that are reported; a text in another script has thousands. */
    public static final int DROPPED_MAX = 1000;

    public Normalized {
        dropped = List.copyOf(dropped);
    }

    /** What read what, plain words left out. */
    public List<Reading> readings() {
        return spans.stream()
                .filter(span -> span.kind() != SemioticClass.PLAIN)
                .map(
                        span ->
                                new Reading(
                                        written.substring(span.writtenFrom(), span.writtenTo()),
                                        span.kind(),
                                        spoken.substring(span.spokenFrom(), span.spokenTo())))
                .toList();
    }
}
