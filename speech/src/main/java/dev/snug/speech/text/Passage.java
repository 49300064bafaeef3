package dev.snug.speech.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A text from outside that can be read aloud: 1 byte to 1 MiB of UTF-8 with at least one letter or
 * digit, no NUL and no half of a surrogate pair.
 */
public record Passage(String text) {
    /** UTF-8 bytes; some twelve hours of speech, and the work on a text stays well under 1 s. */
    public static final int BYTES_MAX = 1 << 20;

    /** Horn, hook above and dot below. */
    private static final String VIETNAMESE_MARKS = "\u031b\u0309\u0323";

    public Passage {
        if (text.isBlank()) {
            throw new TextException("the text is empty; give at least one word");
        }
        // A character takes at least one byte: refuse 10 MB before they are encoded.
        if (text.length() > BYTES_MAX || bytes(text) > BYTES_MAX) {
            throw new TextException(
                    "the text is longer than %d bytes; give it in parts".formatted(BYTES_MAX));
        }
        requireCharacters(text);
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new TextException(
                    "the text has no letter and no digit, so there is nothing to read aloud");
        }
    }

    /**
     * The text in the composed form (NFC) that vocabularies have: without it "ế" written as three
     * characters loses its marks.
     */
    public static Passage composed(String text) {
        return new Passage(Normalizer.normalize(new Passage(text).text(), Normalizer.Form.NFC));
    }

    /**
     * Whether it has a letter or mark that among languages in Latin letters Vietnamese alone has.
     */
    public boolean isVietnamese() {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .chars()
                .anyMatch(c -> c == 'đ' || c == 'Đ' || VIETNAMESE_MARKS.indexOf(c) >= 0);
    }

    /** Length in UTF-8 bytes, the measure of all duration rules. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void requireCharacters(String text) {
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (character == 0) {
                throw new TextException(
                        "the text has a NUL at character %d; is it a binary file?".formatted(at));
            }
            if (Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)) {
                throw new TextException(
                        "the text has half of a surrogate pair (U+%04X) at character %d; save it as UTF-8 again"
                                .formatted(character, at));
            }
            at += Character.charCount(character);
        }
    }
}
