package dev.snug.speech.text.markup;

/** What may stand before {@code <speak>}: white space, the XML declaration, comments. */
final class Prolog {
    private Prolog() {}

    /** The offset of {@code <speak>} where the text is a document; else 0. */
    static int end(String text) {
        int at = spaces(text, text.startsWith("\ufeff") ? 1 : 0);
        if (text.startsWith("<?xml", at)) {
            int end = text.indexOf("?>", at);
            at = end < 0 ? text.length() : spaces(text, end + 2);
        }
        while (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at);
            at = end < 0 ? text.length() : spaces(text, end + 3);
        }
        return isSpeak(text, at) ? at : 0;
    }

    static boolean isSpeak(String text, int at) {
        return text.regionMatches(true, at, "<speak", 0, 6) && Tag.begins(text, at);
    }

    /** The offset behind the comment at {@code at}. */
    static int commentEnd(String text, int at) {
        int end = text.indexOf("-->", at + 4);
        if (end < 0) {
            throw MarkupException.at(at, text, "the comment is never closed; expected '-->'");
        }
        return end + 3;
    }

    private static int spaces(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
