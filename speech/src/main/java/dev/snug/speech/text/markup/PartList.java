package dev.snug.speech.text.markup;

import java.util.ArrayList;
import java.util.List;

/** The parts so far, and the text that is not yet one. */
final class PartList {
    private final String written;
    private final List<Part> parts = new ArrayList<>();
    private Offsets.Builder text = new Offsets.Builder();
    private double rate = 1;
    private int pauses;

    PartList(String written) {
        this.written = written;
    }

    /** The rate of what comes. */
    void rate(double next) {
        rate = next;
    }

    /** Adds text as it stands. */
    void text(int start, int end) {
        if (start < end) {
            text.add(written.substring(start, end), start, end);
        }
    }

    /** Adds {@code more}, written from {@code start} to {@code end}. */
    void add(String more, int start, int end) {
        text.add(more, start, end);
    }

    boolean isUntouched() {
        return parts.isEmpty() && text.isBlank();
    }

    /** Makes a part of the text so far. */
    void flush() {
        if (!text.isEmpty() && (!text.isBlank() || isBehindSpeech())) {
            add(new Part.Words(text.text(), text.offsets(), rate, text.span()));
        }
        text = new Offsets.Builder();
    }

    private void add(Part part) {
        if (parts.size() == MarkedText.PARTS_MAX) {
            throw MarkupException.at(
                    part.span().start(),
                    written,
                    "the marks make more than %d parts; give the text in several"
                            .formatted(MarkedText.PARTS_MAX));
        }
        parts.add(part);
    }

    /** White space divides two spoken parts; elsewhere it says nothing. */
    private boolean isBehindSpeech() {
        return !parts.isEmpty()
                && switch (parts.getLast()) {
                    case Part.Words words -> true;
                    case Part.SaidAs saidAs -> true;
                    case Part.Substitute substitute -> true;
                    case Part.Pause pause -> false;
                    case Part.Border border -> false;
                };
    }

    /** Adds silence; none at all divides nothing. */
    void pause(int milliseconds, Span span) {
        if (milliseconds == 0) {
            return;
        }
        pauses += milliseconds;
        if (pauses > MarkedText.PAUSES_MILLISECONDS_MAX) {
            throw MarkupException.at(
                    span.start(),
                    written,
                    "all pauses together pass %d s; shorten some, or give the text in parts"
                            .formatted(MarkedText.PAUSES_MILLISECONDS_MAX / 1000));
        }
        flush();
        add(new Part.Pause(milliseconds, span));
    }

    /** Ends a sentence or paragraph, once however many marks say so. */
    void border(boolean paragraph, Span span) {
        flush();
        if (parts.isEmpty()) {
            return;
        }
        if (!(parts.getLast() instanceof Part.Border last)) {
            add(new Part.Border(paragraph, span));
        } else if (paragraph && !last.paragraph()) {
            parts.set(parts.size() - 1, new Part.Border(true, span));
        }
    }

    void substitute(String spoken, Span span) {
        add(new Part.Substitute(spoken, text.text(), rate, span));
        text = new Offsets.Builder();
    }

    void saidAs(Tag tag, Span span) {
        InterpretAs as = Elements.interpretAs(tag, written);
        String format = Elements.format(tag, as, written);
        if (text.isBlank()) {
            throw MarkupException.at(
                    tag.span().end(), written, "<say-as> has no text; expected what to read");
        }
        add(new Part.SaidAs(text.text(), text.offsets(), as, format, rate, span));
        text = new Offsets.Builder();
    }

    /** Refuses text between {@code <break>} and {@code </break>}. */
    void requireEmpty(Tag tag) {
        if (!text.isBlank()) {
            throw MarkupException.at(
                    tag.span().end(), written, "<break> holds nothing; expected </break>");
        }
        text = new Offsets.Builder();
    }

    /** All parts; the last border says nothing. */
    List<Part> finished() {
        flush();
        if (!parts.isEmpty() && parts.getLast() instanceof Part.Border) {
            parts.removeLast();
        }
        return parts;
    }
}
