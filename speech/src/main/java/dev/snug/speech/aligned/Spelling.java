package dev.snug.speech.aligned;

import dev.snug.speech.text.Vocabulary;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Text as aligned models were taught it: lower-case letters in composed form, single spaces, and
 * marks {@code , . ? !} that stand behind a word, one at a time. Pure.
 */
final class Spelling {
    /** Letters of other languages, as a Vietnamese reader says them. */
    private static final Map<String, String> READ_ALIKE =
            Map.of("f", "ph", "j", "gi", "w", "u", "z", "d");

    /** A line that ends, with what else it ends with. */
    private static final Pattern LINE = Pattern.compile("\\R+");

    private static final Pattern STOP = Pattern.compile("…|[。．]");
    private static final Pattern CLAUSE =
            Pattern.compile("[;:()\\[\\]{}，、；：]|[\\u2012-\\u2015]|(?<=\\s)-+(?=\\s)");

    /** Said as nothing, and without a gap: "O'Neill" is one word. */
    private static final Pattern QUOTE = Pattern.compile("[\"'`´\\u2018-\\u201f«»‹›]");

    private static final Pattern QUESTION = Pattern.compile("？");
    private static final Pattern SHOUT = Pattern.compile("！");

    /** Nobody expects to hear these, so their loss is not reported. */
    private static final Pattern SILENT =
            Pattern.compile(
                    "[\\s\\p{Cntrl}\\p{Cf}[\\p{P}&&[^,.?!]]]+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern MARKS = Pattern.compile("[ ,.?!]*[,.?!][ ,.?!]*");
    private static final String SENTENCE_ENDS = ".?!";

    private final Vocabulary vocabulary;
    private final Map<String, String> alike = new HashMap<>();

    Spelling(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        READ_ALIKE.forEach(
                (letter, said) -> {
                    if (!isKnown(letter.codePointAt(0))) {
                        alike.put(letter, said);
                    }
                });
    }

    /** {@code text} so written; letters that the vocabulary lacks are still in it. */
    String of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        plain = Normalizer.normalize(plain, Normalizer.Form.NFC).strip();
        plain = QUOTE.matcher(LINE.matcher(plain).replaceAll(". ")).replaceAll("");
        plain = STOP.matcher(plain).replaceAll(".");
        plain = CLAUSE.matcher(plain).replaceAll(",");
        plain = SHOUT.matcher(QUESTION.matcher(plain).replaceAll("?")).replaceAll("!");
        plain = SILENT.matcher(plain).replaceAll(" ");
        for (Map.Entry<String, String> letter : alike.entrySet()) {
            plain = plain.replace(letter.getKey(), letter.getValue());
        }
        return tidy(plain);
    }

    /** One mark where several stand, the first that ends a sentence; none at the beginning. */
    private static String tidy(String text) {
        String single = MARKS.matcher(text).replaceAll(found -> mark(found.group()) + " ");
        String spaced = single.strip();
        return spaced.startsWith(",") || isEnd(spaced, 0) ? spaced.substring(1).strip() : spaced;
    }

    private static String mark(String marks) {
        for (int i = 0; i < marks.length(); i++) {
            if (isEnd(marks, i)) {
                return marks.substring(i, i + 1);
            }
        }
        return ",";
    }

    private static boolean isEnd(String text, int at) {
        return at >= 0 && at < text.length() && SENTENCE_ENDS.indexOf(text.charAt(at)) >= 0;
    }

    /** Whether the vocabulary has the character. */
    boolean isKnown(int character) {
        return vocabulary.tokens(List.of(Character.toString(character))).unknown().isEmpty();
    }

    /** The text without what the vocabulary lacks. */
    String known(String spelled) {
        StringBuilder known = new StringBuilder(spelled.length());
        spelled.codePoints().filter(this::isKnown).forEach(known::appendCodePoint);
        return tidy(known.toString().replaceAll(" +", " "));
    }

    /**
     * The text with a mark at its end: all that was spoken in training ended with one, and where it
     * lacks, the last syllable is cut short.
     */
    String ended(String known) {
        String text = known.strip();
        return text.endsWith(",") || isEnd(text, text.length() - 1) ? text : text + ".";
    }
}
