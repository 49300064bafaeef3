package dev.snug.speech.text.normalize.line;

import dev.snug.speech.text.normalize.clean.CleanText;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A line of clean text as 0 to n tokens: runs of digits, of letters, of spaces, and single signs.
 * Tokens lie side by side, so that what is written without a space between is {@code token + 1}.
 *
 * <p>One line is filled again and again, so that a long text takes the memory of its longest line.
 * Asking for a token outside the line is allowed and finds nothing: rules look around freely.
 */
public final class Line {
    private static final byte NUMBER = 1;
    private static final byte WORD = 2;
    private static final byte SPACE = 3;
    private static final byte SIGN = 4;

    private char[] text = new char[0];
    private char[] lower = new char[0];
    private int length;
    private int offset;
    private int[] from = new int[64];
    private byte[] kind = new byte[64];

    /** Tokens as strings, made when they are asked for: rules ask for the same ones often. */
    private @Nullable String[] texts = new @Nullable String[64];

    private @Nullable String[] lowers = new @Nullable String[64];
    private int count;

    /** Fills this line with the characters of {@code clean} from {@code start} to {@code end}. */
    public void fill(CleanText clean, int start, int end) {
        length = end - start;
        offset = start;
        if (text.length < length) {
            text = new char[length];
            lower = new char[length];
        }
        clean.copy(start, end, text);
        for (int i = 0; i < length; i++) {
            lower[i] = Character.toLowerCase(text[i]);
        }
        Arrays.fill(texts, 0, Math.min(count + 1, texts.length), null);
        Arrays.fill(lowers, 0, Math.min(count + 1, lowers.length), null);
        count = 0;
        for (int at = 0; at < length; ) {
            byte type = kindOf(at);
            int next = endOf(at, type);
            add(at, type);
            at = next;
        }
        add(length, (byte) 0);
        count--;
    }

    private void add(int at, byte type) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            kind = Arrays.copyOf(kind, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
            lowers = Arrays.copyOf(lowers, count * 2);
        }
        from[count] = at;
        kind[count++] = type;
    }

    private byte kindOf(int at) {
        char c = text[at];
        if (c >= '0' && c <= '9') {
            return NUMBER;
        }
        if (c == ' ' || c == '\n') {
            return SPACE;
        }
        return Character.isLetter(c) ? WORD : SIGN;
    }

    private int endOf(int at, byte type) {
        int end = at + 1;
        if (type == SIGN) {
            return Pictures.end(text, at, length);
        }
        while (end < length && (kindOf(end) == type || (type == WORD && isApostrophe(end)))) {
            end++;
        }
        return end;
    }

    /** Whether the sign joins two letters: "O'Brien". */
    private boolean isApostrophe(int at) {
        return text[at] == '\'' && at + 1 < length && Character.isLetter(text[at + 1]);
    }

    /** The number of tokens. */
    public int size() {
        return count;
    }

    /** Where the token begins in the clean text; that of the size is where the line ends. */
    public int cleanFrom(int token) {
        return offset + from[token];
    }

    private boolean isInside(int token) {
        return token >= 0 && token < count;
    }

    public boolean isNumber(int token) {
        return isInside(token) && kind[token] == NUMBER;
    }

    public boolean isWord(int token) {
        return isInside(token) && kind[token] == WORD;
    }

    public boolean isSpace(int token) {
        return isInside(token) && kind[token] == SPACE;
    }

    /** Whether nothing is written there: before the first token, behind the last, or a space. */
    public boolean isBlank(int token) {
        return !isInside(token) || kind[token] == SPACE;
    }

    /** Whether the token is this one character. */
    public boolean is(int token, char character) {
        return isInside(token) && text[from[token]] == character && size(token) == 1;
    }

    /** Whether the token is one of these characters, alone. */
    public boolean isOneOf(int token, String characters) {
        return isInside(token) && size(token) == 1 && characters.indexOf(text[from[token]]) >= 0;
    }

    /** Characters of the token; 0 outside the line. */
    public int size(int token) {
        return isInside(token) ? from[token + 1] - from[token] : 0;
    }

    /** The token's first character; 0 outside the line. */
    public char first(int token) {
        return isInside(token) ? text[from[token]] : 0;
    }

    /** The token as written; empty outside the line. */
    public String text(int token) {
        if (!isInside(token)) {
            return "";
        }
        String known = texts[token];
        if (known == null) {
            known = new String(text, from[token], size(token));
            texts[token] = known;
        }
        return known;
    }

    /** The tokens from {@code token} to before {@code end} as written. */
    public String text(int token, int end) {
        return new String(text, from[token], from[end] - from[token]);
    }

    /** The token in lower case; empty outside the line. */
    public String lower(int token) {
        if (!isInside(token)) {
            return "";
        }
        String known = lowers[token];
        if (known == null) {
            known = new String(lower, from[token], size(token));
            lowers[token] = known;
        }
        return known;
    }

    /** Whether the token is a word that reads {@code word} in lower case. */
    public boolean isWord(int token, String word) {
        if (!isWord(token) || size(token) != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (lower[from[token] + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the token is a number that an int holds: up to nine digits. */
    public boolean isSmall(int token) {
        return isNumber(token) && size(token) <= 9;
    }

    /** The value of a token of up to nine digits, -1 for any other. */
    public int value(int token) {
        if (!isSmall(token)) {
            return -1;
        }
        int value = 0;
        for (int i = from[token]; i < from[token + 1]; i++) {
            value = value * 10 + text[i] - '0';
        }
        return value;
    }

    /** The token after {@code token}, one space skipped. */
    public int skip(int token) {
        return isSpace(token) ? token + 1 : token;
    }

    /** The token before {@code token}, one space skipped; may be -1. */
    public int before(int token) {
        return isSpace(token - 1) ? token - 2 : token - 1;
    }

    /** Whether a word is a Vietnamese syllable. */
    public boolean isSyllable(int token) {
        return isWord(token) && Syllables.contains(lower, from[token], from[token + 1]);
    }

    public boolean isCapitalised(int token) {
        return isWord(token) && Character.isUpperCase(text[from[token]]);
    }

    /** Whether the word has letters of ASCII only, {@code others} allowed. */
    public boolean isAscii(int token, String others) {
        for (int i = from[token]; i < from[token] + size(token); i++) {
            if ((text[i] >= 0x80 && others.indexOf(text[i]) < 0) || text[i] == '\'') {
                return false;
            }
        }
        return true;
    }

    /** Whether the word has capitals only. */
    public boolean isUpper(int token) {
        if (!isWord(token)) {
            return false;
        }
        for (int i = from[token]; i < from[token + 1]; i++) {
            if (!Character.isUpperCase(text[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the token is a syllable in ordinary letters, by itself or at the most with a mark
     * behind: nearly every token of a text.
     */
    public boolean isOrdinary(int token) {
        int start = from[token];
        boolean ends = isBlank(token + 1) || (isOneOf(token + 1, ",.;:!?") && isBlank(token + 2));
        return ends
                && isBlank(token - 1)
                && size(token) > 1
                && !Character.isUpperCase(text[start + 1])
                && isSyllable(token);
    }

    /** Whether the characters from the token's start on are {@code text}. */
    public boolean startsWith(int token, String wanted, boolean exact) {
        int start = from[token];
        if (start + wanted.length() > length) {
            return false;
        }
        char[] characters = exact ? text : lower;
        for (int i = 0; i < wanted.length(); i++) {
            if (characters[start + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The token that begins {@code characters} after the start of {@code token}, or -1. */
    public int tokenAfter(int token, int characters) {
        int wanted = from[token] + characters;
        int next = token;
        while (next < count && from[next] < wanted) {
            next++;
        }
        return from[next] == wanted ? next : -1;
    }
}
