package dev.snug.speech.text.foreign;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Where the tokens of a text lie: a run of letters, digits and marks, or one other character that
 * is no white space. Lexicons are matched token by token, so an entry never fits inside a word.
 */
final class WordTokens {
    private WordTokens() {}

    /** The end of the token at {@code at}, which is no white space. */
    static int end(String text, int at) {
        int character = text.codePointAt(at);
        int end = at + Character.charCount(character);
        if (!isWord(character)) {
            return end;
        }
        while (end < text.length() && isWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** The next place from {@code at} on that is no white space, or the end. */
    static int start(String text, int at) {
        int start = at;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    static boolean isWord(int character) {
        return Character.isLetterOrDigit(character)
                || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** Composed, as lexicons keep what is written. */
    static String composed(String token) {
        return isPlain(token) ? token : Normalizer.normalize(token, Normalizer.Form.NFC);
    }

    /** Whether nothing in it could be composed: below U+0300 stands no mark. */
    private static boolean isPlain(String token) {
        for (int at = 0; at < token.length(); at++) {
            if (token.charAt(at) >= 0x300) {
                return false;
            }
        }
        return true;
    }

    /** Composed and in lower case. */
    static String folded(String token) {
        return composed(token).toLowerCase(Locale.ROOT);
    }
}
