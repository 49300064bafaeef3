package dev.snug.speech.text.markup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** Walks a written text once, from mark to mark. */
final class MarkupParser {
    /** Rates are told apart to a millionth, so that 0.75 × 0.8 is 0.6. */
    private static final double RATE_STEPS = 1e6;

    private final String written;
    private final PartList parts;
    private final Deque<Element> open = new ArrayDeque<>();
    private int at;
    private boolean isXml;

    MarkupParser(String written) {
        this.written = written;
        parts = new PartList(written);
    }

    /** An element whose end is still to come, and the rate inside. */
    private record Element(Tag tag, double rate) {
        boolean holdsTextOnly() {
            return tag.name().equals("sub") || tag.name().equals("say-as");
        }
    }

    List<Part> parts() {
        at = Prolog.end(written);
        isXml = at > 0 || Prolog.isSpeak(written, 0);
        int plain = at;
        while (at < written.length()) {
            if (isMark()) {
                parts.text(plain, at);
                mark();
                plain = at;
            } else {
                at++;
            }
        }
        parts.text(plain, at);
        if (!open.isEmpty()) {
            Tag tag = open.peek().tag();
            throw fault(
                    tag.span().start(),
                    "<%s> is never closed; expected </%s>".formatted(tag.name(), tag.name()));
        }
        return parts.finished();
    }

    private boolean isMark() {
        return switch (written.charAt(at)) {
            case '<' -> isXml ? isXmlTag() : Tag.begins(written, at);
            case '[' -> BracketPause.begins(written, at);
            case '&' -> isXml;
            default -> false;
        };
    }

    private boolean isXmlTag() {
        if (at + 1 == written.length()) {
            return false;
        }
        char next = written.charAt(at + 1);
        return next == '/' || next == '!' || next == '?' || Character.isLetter(next);
    }

    private void mark() {
        if (written.charAt(at) == '&') {
            Entity entity = Entity.read(written, at);
            parts.add(entity.character(), at, entity.end());
            at = entity.end();
        } else if (written.startsWith("<!--", at)) {
            at = Prolog.commentEnd(written, at);
        } else if (written.charAt(at) == '[') {
            requireNoTextElement(at, "[pause]");
            BracketPause pause = BracketPause.read(written, at);
            parts.pause(pause.milliseconds(), pause.span());
            at = pause.span().end();
        } else {
            Tag tag = TagReader.read(written, at);
            at = tag.span().end();
            if (tag.isEnd()) {
                end(tag);
            } else {
                start(tag);
            }
        }
    }

    private void start(Tag tag) {
        requireNoTextElement(tag.span().start(), "<" + tag.name() + ">");
        Elements.check(tag, written);
        double rate = rate();
        switch (tag.name()) {
            case "speak" -> requireOutermost(tag);
            case "p", "s" -> parts.border(tag.name().equals("p"), tag.span());
            case "break" -> pause(tag);
            case "prosody" -> rate = multiplied(tag);
            default -> parts.flush();
        }
        if (tag.isEmpty()) {
            requireContent(tag);
            return;
        }
        if (open.size() == MarkedText.DEPTH_MAX) {
            throw fault(
                    tag.span().start(),
                    "more than %d elements lie in each other".formatted(MarkedText.DEPTH_MAX));
        }
        open.push(new Element(tag, rate));
        parts.rate(rate);
    }

    private void end(Tag tag) {
        if (open.isEmpty() || !open.peek().tag().name().equals(tag.name())) {
            String expected =
                    open.isEmpty()
                            ? "no element is open"
                            : "expected </%s> first".formatted(open.peek().tag().name());
            throw fault(
                    tag.span().start(), "</%s> closes nothing: %s".formatted(tag.name(), expected));
        }
        Tag opened = open.pop().tag();
        Span whole = new Span(opened.span().start(), tag.span().end());
        switch (opened.name()) {
            case "sub" -> parts.substitute(Elements.alias(opened, written), whole);
            case "say-as" -> parts.saidAs(opened, whole);
            case "p", "s" -> parts.border(opened.name().equals("p"), tag.span());
            case "break" -> parts.requireEmpty(opened);
            case "speak" -> requireNothingBehind();
            default -> parts.flush();
        }
        parts.rate(rate());
    }

    private void pause(Tag tag) {
        if (!tag.isEmpty()) {
            parts.flush();
        }
        parts.pause(Elements.milliseconds(tag, written), tag.span());
    }

    private double rate() {
        return open.isEmpty() ? 1 : open.peek().rate();
    }

    private double multiplied(Tag tag) {
        parts.flush();
        Tag.Attribute attribute = Elements.required(tag, "rate", Rates.EXPECTED, written);
        OptionalDouble factor = Rates.factor(attribute.value());
        if (factor.isEmpty()) {
            throw fault(
                    attribute.valueAt(),
                    "rate is \"%s\"; expected %s"
                            .formatted(Found.shown(attribute.value()), Rates.EXPECTED));
        }
        double product = Math.rint(rate() * factor.getAsDouble() * RATE_STEPS) / RATE_STEPS;
        if (product < Part.RATE_MIN || product > Part.RATE_MAX) {
            throw fault(
                    attribute.valueAt(),
                    "rate \"%s\" makes %.4g times the voice's speed; expected %.2f to %.0f"
                            .formatted(
                                    Found.shown(attribute.value()),
                                    product,
                                    Part.RATE_MIN,
                                    Part.RATE_MAX));
        }
        return product;
    }

    private void requireNoTextElement(int start, String what) {
        if (!open.isEmpty() && open.peek().holdsTextOnly()) {
            String name = open.peek().tag().name();
            throw fault(
                    start,
                    "%s stands inside <%s>, which holds only text; expected </%s>"
                            .formatted(what, name, name));
        }
        if (!open.isEmpty() && open.peek().tag().name().equals("break")) {
            throw fault(start, "<break> holds nothing; expected </break>");
        }
    }

    private void requireOutermost(Tag tag) {
        if (!isXml || !open.isEmpty() || !parts.isUntouched()) {
            throw fault(tag.span().start(), "<speak> must stand before everything else");
        }
    }

    private void requireNothingBehind() {
        int behind = at;
        while (behind < written.length() && Character.isWhitespace(written.charAt(behind))) {
            behind++;
        }
        if (behind < written.length()) {
            throw fault(
                    behind,
                    "expected the end of the text behind </speak>, found "
                            + Found.at(written, behind));
        }
        at = behind;
    }

    private void requireContent(Tag tag) {
        if (tag.name().equals("sub") || tag.name().equals("say-as")) {
            throw fault(
                    tag.span().end() - 2, "<%s> has no text; expected '>'".formatted(tag.name()));
        }
    }

    private MarkupException fault(int offset, String message) {
        return MarkupException.at(offset, written, message);
    }
}
