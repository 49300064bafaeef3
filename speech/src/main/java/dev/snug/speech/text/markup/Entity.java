package dev.snug.speech.text.markup;

import java.util.Map;

/**
 * A character written as an XML entity: by a name, a number or a hexadecimal number between
 * ampersand and semicolon.
 *
 * @param character one code point
 * @param end offset behind the semicolon
 */
record Entity(String character, int end) {
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

    /** Chars between ampersand and semicolon: {@code #x10FFFF} has eight. */
    private static final int CHARACTERS_MAX = 10;

    /** The entity at the {@code &} at {@code at}. */
    static Entity read(String text, int at) {
        int limit = Math.min(text.length(), at + 2 + CHARACTERS_MAX);
        int end = text.indexOf(';', at + 1, limit);
        String name = end < 0 ? "" : text.substring(at + 1, end);
        String named = NAMED.get(name);
        if (named != null) {
            return new Entity(named, end + 1);
        }
        if (name.matches("#[0-9]{1,7}")) {
            return numbered(Integer.parseInt(name.substring(1)), text, at, end);
        }
        if (name.matches("#x[0-9a-fA-F]{1,6}")) {
            return numbered(Integer.parseInt(name.substring(2), 16), text, at, end);
        }
        throw MarkupException.at(
                at,
                text,
                "expected &amp; &lt; &gt; &quot; &apos; &nbsp; or a number such as &#225; ; write a"
                        + " plain '&' as &amp;");
    }

    private static Entity numbered(int number, String text, int at, int end) {
        boolean surrogate = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
        if (number == 0 || surrogate || number > Character.MAX_CODE_POINT) {
            throw MarkupException.at(
                    at, text, "%s is no character".formatted(text.substring(at, end + 1)));
        }
        return new Entity(Character.toString(number), end + 1);
    }
}
