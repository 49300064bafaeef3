package dev.snug.speech.text.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What words and phrases are spoken as: 0 to {@link #LINES_MAX} entries {@code written = spoken} of
 * a text file in UTF-8, one a line; empty lines and lines that begin with # say nothing.
 *
 * <ul>
 *   <li>An entry without capitals fits the word in any case; one with a capital only as written, so
 *       that "US = Hoa Kỳ" leaves "us" alone. Where both fit, the one with capitals counts.
 *   <li>An entry fits whole words; white space of any kind and length between words fits one space.
 *   <li>The longest entry counts, in words and signs.
 * </ul>
 */
public final class Lexicon {
    /** Bytes of a file; 20,000 lines have about 600 KB. */
    public static final int BYTES_MAX = 1 << 20;

    /** Lines; more than a person keeps in order. */
    public static final int LINES_MAX = 20_000;

    /** Characters of a written form. */
    public static final int WRITTEN_CHARACTERS_MAX = 100;

    /** Words and signs of a written form; bounds the work at each word of a text. */
    public static final int TOKENS_MAX = 16;

    /** Characters of a spoken form. */
    public static final int SPOKEN_CHARACTERS_MAX = 500;

    private final Node root = new Node();
    private int size;

    private Lexicon() {}

    /** What lies behind a row of tokens. */
    private static final class Node {
        final Map<String, Node> next = new HashMap<>(2);
        final Map<String, String> exact = new HashMap<>(0);
        @Nullable String anyCase;
    }

    /**
     * A place that an entry fits.
     *
     * @param start offset of its first char
     * @param end offset behind its last
     */
    public record Match(int start, int end, String spoken) {}

    /** The lexicon of English and other foreign words that comes with the program. */
    public static Lexicon bundled() {
        return Bundled.LEXICON;
    }

    /** Read when it is first asked for. */
    private static final class Bundled {
        static final Lexicon LEXICON =
                parse(BundledTable.text("lexicon.txt").getBytes(UTF_8), "lexicon.txt");
    }

    /**
     * The lexicon that {@code file} holds.
     *
     * @param where what the bytes are, for messages: a file name
     * @throws LexiconException when it is over a limit, not UTF-8, or a line is no entry
     */
    public static Lexicon parse(byte[] file, String where) {
        if (file.length > BYTES_MAX) {
            throw new LexiconException(
                    "%s has %d bytes; a lexicon has at most %d"
                            .formatted(where, file.length, BYTES_MAX));
        }
        Lexicon lexicon = new Lexicon();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (String raw : decoded(file, where).split("\r\n|\r|\n", -1)) {
            number++;
            if (number > LINES_MAX + 1) {
                throw new LexiconException(
                        "%s has more than %d lines; divide it".formatted(where, LINES_MAX));
            }
            String line = raw.strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lexicon.add(line, where, number, lines);
            }
        }
        return lexicon;
    }

    private static String decoded(byte[] file, String where) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new LexiconException(
                    where, faultyLine(file), "this is not UTF-8; save the file as UTF-8");
        }
    }

    /** The line of the first bytes that are no UTF-8. */
    private static int faultyLine(byte[] file) {
        String text = new String(file, UTF_8);
        String before = text.substring(0, text.indexOf('\ufffd'));
        return 1 + (int) before.chars().filter(character -> character == '\n').count();
    }

    private void add(String line, String where, int number, Map<String, Integer> lines) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new LexiconException(where, number, "expected written = spoken, found no '='");
        }
        String written = WordTokens.composed(line.substring(0, equals).strip());
        String spoken = WordTokens.composed(line.substring(equals + 1).strip());
        require(written, "written", WRITTEN_CHARACTERS_MAX, where, number);
        require(spoken, "spoken", SPOKEN_CHARACTERS_MAX, where, number);
        Node node = root;
        int tokens = 0;
        StringBuilder exact = new StringBuilder();
        for (int at = 0; at < written.length(); ) {
            int start = WordTokens.start(written, at);
            int end = WordTokens.end(written, start);
            String gap = start > at ? " " : "";
            exact.append(gap).append(written, start, end);
            String key = gap + WordTokens.folded(written.substring(start, end));
            node = node.next.computeIfAbsent(key, absent -> new Node());
            tokens++;
            at = end;
        }
        if (tokens > TOKENS_MAX) {
            throw new LexiconException(
                    where, number, "%d words and signs; at most %d".formatted(tokens, TOKENS_MAX));
        }
        Integer earlier = lines.putIfAbsent(exact.toString(), number);
        if (earlier != null) {
            throw new LexiconException(
                    where, number, "'%s' stands in line %d already".formatted(written, earlier));
        }
        boolean hasCapital = written.codePoints().anyMatch(Character::isUpperCase);
        if (hasCapital) {
            node.exact.put(exact.toString(), spoken);
        } else {
            node.anyCase = spoken;
        }
        size++;
    }

    private static void require(String form, String name, int most, String where, int number) {
        if (form.isEmpty()) {
            throw new LexiconException(where, number, "the %s form is empty".formatted(name));
        }
        if (form.length() > most) {
            throw new LexiconException(
                    where,
                    number,
                    "the %s form has %d characters; at most %d"
                            .formatted(name, form.length(), most));
        }
        if (form.codePoints().anyMatch(Character::isISOControl)) {
            throw new LexiconException(
                    where, number, "the %s form has a control character".formatted(name));
        }
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    /**
     * The longest entry that fits {@code text} at {@code at}.
     *
     * @param first the token that begins there, folded
     */
    Optional<Match> at(String text, int at, String first) {
        Node node = root.next.get(first);
        if (node == null) {
            return Optional.empty();
        }
        int end = WordTokens.end(text, at);
        StringBuilder written = new StringBuilder(WordTokens.composed(text.substring(at, end)));
        Match longest = null;
        while (node != null) {
            String spoken = node.exact.getOrDefault(written.toString(), node.anyCase);
            if (spoken != null) {
                longest = new Match(at, end, spoken);
            }
            int start = WordTokens.start(text, end);
            if (start == text.length() || node.next.isEmpty()) {
                break;
            }
            String gap = start > end ? " " : "";
            end = WordTokens.end(text, start);
            String token = text.substring(start, end);
            written.append(gap).append(WordTokens.composed(token));
            node = node.next.get(gap + WordTokens.folded(token));
        }
        return Optional.ofNullable(longest);
    }
}
