package dev.snug.speech.text.normalize.clean;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Unicode cleaning: composed letters, look-alikes, digits of any script, one kind of space, dash
 * and quote, nothing invisible. Linear in the text's length.
 *
 * <p>Tone marks stay where they were written ("hoà" and "hòa"). Superscripts stay, because "m²"
 * says more than "m2". What is not known here is left to the rules, which read it or report it.
 */
public final class Cleaning {
    /** Code points of one letter with its marks: the stream-safe format of UAX 15 allows 30. */
    private static final int CLUSTER_MAX = 30;

    private static final char JOINER = '\u200d';

    /** Marks of quality, which belong before the tone: circumflex, breve, horn. */
    private static final String QUALITY = "\u0302\u0306\u031b";

    private final String written;
    private char[] characters;
    private int[] starts;
    private int length;

    /** Up to where the word at hand has been searched for Latin letters, and what was found. */
    private int searchedTo;

    private boolean mixed;

    private Cleaning(String written) {
        this.written = written;
        this.characters = new char[written.length() + 16];
        this.starts = new int[written.length() + 16];
    }

    /** The clean text of {@code written}. */
    public static CleanText of(String written) {
        int plain = 0;
        while (plain < written.length() && Characters.isPlain(written.charAt(plain))) {
            plain++;
        }
        if (plain == written.length()) {
            return new CleanText(written.toCharArray(), plain, plain, null);
        }
        return new Cleaning(written).run();
    }

    private CleanText run() {
        int at = 0;
        while (at < written.length()) {
            int point = written.codePointAt(at);
            int end = at + Character.charCount(point);
            int marked = endOfMarks(end);
            if (marked > end) {
                cluster(at, marked);
            } else if (point < 0x10000 && Characters.isPlain((char) point)) {
                append((char) point, at);
            } else {
                single(point, at, end);
            }
            at = marked;
        }
        return new CleanText(characters, length, written.length(), starts);
    }

    private int endOfMarks(int from) {
        int end = from;
        for (int count = 0; end < written.length() && count < CLUSTER_MAX; count++) {
            if (written.charAt(end) < '\u0300') {
                return end;
            }
            int point = written.codePointAt(end);
            if (!Characters.isMark(point)) {
                return end;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    /** A base and its marks: composed, quality before tone; marks that do not compose are lost. */
    private void cluster(int from, int to) {
        String apart = Normalizer.normalize(written.substring(from, to), Normalizer.Form.NFD);
        StringBuilder ordered = new StringBuilder(apart.length());
        int base = apart.codePointAt(0);
        if (Characters.isMark(base)) {
            return;
        }
        ordered.appendCodePoint(base);
        String marks = apart.substring(Character.charCount(base));
        marks.chars().filter(mark -> QUALITY.indexOf(mark) >= 0).forEach(ordered::appendCodePoint);
        marks.chars().filter(mark -> QUALITY.indexOf(mark) < 0).forEach(ordered::appendCodePoint);
        String composed = Normalizer.normalize(ordered, Normalizer.Form.NFC);
        for (int at = 0; at < composed.length(); ) {
            int point = composed.codePointAt(at);
            at += Character.charCount(point);
            if (Characters.isMark(point)) {
                continue;
            }
            if (point < 0x10000 && Characters.isPlain((char) point)) {
                append((char) point, from);
            } else {
                single(point, from, to);
            }
        }
    }

    private void single(int point, int from, int to) {
        String replacement = Characters.replacement(point);
        if (replacement != null) {
            append(replacement, from);
        } else if (point == '\r') {
            if (to >= written.length() || written.charAt(to) != '\n') {
                append('\n', from);
            }
        } else if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            append(' ', from);
        } else if (Characters.isInvisible(point)) {
            if (point == JOINER && joinsPictures(to)) {
                append(JOINER, from);
            }
        } else if (Characters.lookAlike(point) != 0 && inMixedWord(from)) {
            append(Characters.lookAlike(point), from);
        } else if (Character.getType(point) == Character.DECIMAL_DIGIT_NUMBER) {
            append((char) ('0' + Character.digit(point, 10)), from);
        } else if (Characters.isCompatible(point)) {
            compatible(point, from, to);
        } else {
            append(Character.toString(point), from);
        }
    }

    /** What a compatibility character stands for; "2½" is two and a half, not 21/2. */
    private void compatible(int point, int from, int to) {
        String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        boolean fraction = plain.indexOf('\u2044') > 0;
        if (fraction && length > 0 && Character.isDigit(characters[length - 1])) {
            append(' ', from);
        }
        append(plain.replace('\u2044', '/').replace('\u2212', '-'), from);
        if (fraction && to < written.length() && Character.isDigit(written.charAt(to))) {
            append(' ', from);
        }
    }

    private boolean joinsPictures(int next) {
        return length > 0
                && next < written.length()
                && Character.isSurrogate(characters[length - 1])
                && Character.isExtendedPictographic(written.codePointAt(next));
    }

    /**
     * Whether the word around {@code from} has a Latin letter or a digit beside its look-alikes.
     */
    private boolean inMixedWord(int from) {
        if (from >= searchedTo) {
            mixed = length > 0 && isLatin(characters[length - 1]);
            int at = from;
            while (at < written.length() && Character.isLetterOrDigit(written.charAt(at))) {
                mixed |= isLatin(written.charAt(at));
                at++;
            }
            searchedTo = Math.max(at, from + 1);
        }
        return mixed;
    }

    private static boolean isLatin(char letter) {
        return letter < 0x80
                ? Character.isLetterOrDigit(letter)
                : Character.isLetter(letter)
                        && Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
    }

    private void append(String text, int from) {
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i), from);
        }
    }

    private void append(char character, int from) {
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, length + length / 2 + 16);
            starts = Arrays.copyOf(starts, characters.length);
        }
        characters[length] = character;
        starts[length++] = from;
    }
}
