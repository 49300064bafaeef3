package dev.snug.speech.text.normalize.line;

/** Where one sign ends: a code point, or an emoji with all that is joined to it. */
final class Pictures {
    private static final char JOINER = '\u200d';

    private Pictures() {}

    /** The end of the sign at {@code at}. */
    static int end(char[] text, int at, int length) {
        int point = Character.codePointAt(text, at, length);
        int end = at + Character.charCount(point);
        if (isFlagLetter(point)) {
            boolean pair = end < length && isFlagLetter(Character.codePointAt(text, end, length));
            return pair ? end + 2 : end;
        }
        if (point < 0x2190 || !Character.isExtendedPictographic(point)) {
            return end;
        }
        while (end < length) {
            if (text[end] == JOINER) {
                end++;
                continue;
            }
            int next = Character.codePointAt(text, end, length);
            boolean joined = text[end - 1] == JOINER;
            if (!joined && !Character.isEmojiModifier(next)) {
                return end;
            }
            end += Character.charCount(next);
        }
        return end;
    }

    private static boolean isFlagLetter(int point) {
        return point >= 0x1F1E6 && point <= 0x1F1FF;
    }
}
