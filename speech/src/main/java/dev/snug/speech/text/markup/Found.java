package dev.snug.speech.text.markup;

/** What stands at a place, for messages: one character in quotes, or the end of the text. */
final class Found {
    private Found() {}

    static String at(String text, int at) {
        if (at >= text.length()) {
            return "the end of the text";
        }
        int character = text.codePointAt(at);
        return switch (character) {
            case '\n', '\r' -> "the end of the line";
            default ->
                    Character.isISOControl(character)
                            ? "U+%04X".formatted(character)
                            : "'" + Character.toString(character) + "'";
        };
    }

    /** A value for messages: at most 40 chars, on one line. */
    static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }
}
