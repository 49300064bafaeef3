package dev.snug.speech.text.markup;

import java.util.List;

/**
 * A text with marks, taken apart: its parts in the order of writing, none where nothing is to be
 * heard.
 *
 * <p>What is markup: the elements {@code speak, p, s, break, sub, say-as, prosody} and the bracket
 * {@code [pause 500ms]}, by their names in any case. Everything else is text as it stands, {@code a
 * < b} and "[1]" too. Only a text whose first word is {@code <speak>} is XML as a whole: there any
 * tag is markup, entities are read, and an unknown element is a fault. A known mark that is broken
 * is a fault everywhere.
 */
public record MarkedText(List<Part> parts) {
    /** Characters; a text takes about twice its size, and twelve hours of speech fit. */
    public static final int CHARACTERS_MAX = 1 << 20;

    /** Elements open at the same time; a person does not write more than four. */
    public static final int DEPTH_MAX = 32;

    /** Parts; with its words each takes some 200 bytes. */
    public static final int PARTS_MAX = 65_536;

    /** Milliseconds of all pauses together: silence of ten minutes. */
    public static final int PAUSES_MILLISECONDS_MAX = 600_000;

    public MarkedText {
        parts = List.copyOf(parts);
    }

    /**
     * The parts of {@code written}.
     *
     * @throws MarkupException where a mark is broken, or a bound is passed
     */
    public static MarkedText parse(String written) {
        if (written.length() > CHARACTERS_MAX) {
            throw MarkupException.at(
                    0,
                    written,
                    "the text has %d characters; at most %d are read at once. Give it in parts"
                            .formatted(written.length(), CHARACTERS_MAX));
        }
        return new MarkedText(new MarkupParser(written).parts());
    }

    /** {@code written} as one part of words, whatever it looks like. */
    public static MarkedText plain(String written) {
        if (written.isBlank()) {
            return new MarkedText(List.of());
        }
        Offsets.Builder whole = new Offsets.Builder();
        whole.add(written, 0, written.length());
        return new MarkedText(
                List.of(
                        new Part.Words(
                                written, whole.offsets(), 1, new Span(0, written.length()))));
    }
}
