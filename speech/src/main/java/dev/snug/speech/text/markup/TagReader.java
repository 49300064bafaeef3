package dev.snug.speech.text.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one tag, strictly as XML has it: quoted values, no attribute twice. */
final class TagReader {
    /** Characters of a value; an alias is a phrase, not a page. */
    static final int VALUE_CHARACTERS_MAX = 1000;

    /** Attributes of a tag; no element here has more than five. */
    static final int ATTRIBUTES_MAX = 16;

    /** Characters of a name of an element or attribute. */
    private static final int NAME_CHARACTERS_MAX = 64;

    private final String text;
    private int at;

    private TagReader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The tag at the {@code <} at {@code at}. */
    static Tag read(String text, int at) {
        return new TagReader(text, at).tag();
    }

    private Tag tag() {
        int start = at++;
        boolean isEnd = skip("/");
        String name = name("the name of an element").toLowerCase(Locale.ROOT);
        if (!Tag.NAMES.contains(name)) {
            throw fault(
                    start,
                    "unknown element <%s>; known are %s"
                            .formatted(name, String.join(", ", Tag.NAMES)));
        }
        List<Tag.Attribute> attributes = new ArrayList<>();
        while (true) {
            boolean spaced = skipSpaces();
            if (skip(">")) {
                return new Tag(name, attributes, isEnd, false, new Span(start, at));
            }
            if (!isEnd && skip("/>")) {
                return new Tag(name, attributes, false, true, new Span(start, at));
            }
            if (isEnd || !spaced || !isNameStart()) {
                throw fault(at, expected(name, isEnd));
            }
            add(attributes, name);
        }
    }

    private String expected(String name, boolean isEnd) {
        String end = isEnd ? "'>'" : "name=\"value\", '>' or '/>'";
        return "<%s%s> is broken: expected %s, found %s; to read a '<' aloud, put a space behind it"
                .formatted(isEnd ? "/" : "", name, end, found());
    }

    private void add(List<Tag.Attribute> attributes, String element) {
        int nameAt = at;
        String name = name("the name of an attribute");
        if (attributes.size() == ATTRIBUTES_MAX) {
            throw fault(
                    nameAt, "<%s> has more than %d attributes".formatted(element, ATTRIBUTES_MAX));
        }
        if (attributes.stream().anyMatch(each -> each.name().equals(name))) {
            throw fault(nameAt, "<%s> has %s twice".formatted(element, name));
        }
        skipSpaces();
        if (!skip("=")) {
            throw fault(at, "expected '=' behind %s, found %s".formatted(name, found()));
        }
        skipSpaces();
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote != '"' && quote != '\'') {
            throw fault(
                    at,
                    "expected a straight quote around %s's value, found %s"
                            .formatted(name, found()));
        }
        int valueAt = ++at;
        int end = text.indexOf(quote, valueAt, limit(valueAt));
        if (end < 0) {
            throw fault(
                    valueAt,
                    "expected the closing %c of %s within %d characters"
                            .formatted(quote, name, VALUE_CHARACTERS_MAX));
        }
        at = end + 1;
        attributes.add(new Tag.Attribute(name, value(valueAt, end, name), nameAt, valueAt));
    }

    private int limit(int valueAt) {
        return Math.min(text.length(), valueAt + VALUE_CHARACTERS_MAX + 1);
    }

    private String value(int start, int end, String name) {
        StringBuilder value = new StringBuilder();
        for (int from = start; from < end; ) {
            char character = text.charAt(from);
            if (character == '<') {
                throw fault(from, "the value of %s has a '<'; write &lt;".formatted(name));
            }
            if (character != '&') {
                value.append(character);
                from++;
                continue;
            }
            Entity entity = Entity.read(text, from);
            value.append(entity.character());
            from = entity.end();
        }
        return value.toString();
    }

    private String name(String what) {
        int start = at;
        while (at < text.length()
                && at - start < NAME_CHARACTERS_MAX
                && (isNameStart() || "-:.0123456789".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw fault(start, "expected %s, found %s".formatted(what, found()));
        }
        return text.substring(start, at);
    }

    private boolean isNameStart() {
        return at < text.length()
                && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_');
    }

    private boolean skip(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    private boolean skipSpaces() {
        int start = at;
        while (at < text.length() && Tag.isSpace(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private String found() {
        return Found.at(text, at);
    }

    private MarkupException fault(int offset, String message) {
        return MarkupException.at(offset, text, message);
    }
}
