package dev.snug.speech.text.markup;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tag as written.
 *
 * @param name in lower case
 * @param isEnd whether it is {@code </name>}
 * @param isEmpty whether it is {@code <name/>}
 */
record Tag(String name, List<Attribute> attributes, boolean isEnd, boolean isEmpty, Span span) {
    /** The elements that are understood. */
    static final List<String> NAMES =
            List.of("speak", "p", "s", "break", "sub", "say-as", "prosody");

    /** Elements whose name is too short to be markup wherever it stands. */
    private static final Set<String> SHORT_NAMES = Set.of("p", "s");

    Tag {
        attributes = List.copyOf(attributes);
    }

    /**
     * @param nameAt offset of its name in the written text
     * @param valueAt offset of its value
     */
    record Attribute(String name, String value, int nameAt, int valueAt) {}

    Optional<Attribute> attribute(String attribute) {
        return attributes.stream().filter(each -> each.name().equals(attribute)).findFirst();
    }

    /**
     * Whether a tag begins at the {@code <} at {@code at} of a text that is not XML as a whole: a
     * known name, and behind it what can only follow a name. {@code p} and {@code s} count in
     * complete tags only, because {@code x <s and y} is a formula.
     */
    static boolean begins(String text, int at) {
        int from = at + 1 + (text.startsWith("/", at + 1) ? 1 : 0);
        for (String name : NAMES) {
            int end = from + name.length();
            if (!text.regionMatches(true, from, name, 0, name.length())) {
                continue;
            }
            if (end == text.length() || "/> \t\r\n".indexOf(text.charAt(end)) >= 0) {
                return !SHORT_NAMES.contains(name) || isComplete(text, end);
            }
        }
        return false;
    }

    private static boolean isComplete(String text, int end) {
        int at = end;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return text.startsWith(">", at)
                || text.startsWith("/>", at)
                || (at > end && text.startsWith("xml:", at));
    }

    static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
