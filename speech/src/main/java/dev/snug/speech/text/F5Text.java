package dev.snug.speech.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text rules of F5-TTS (SWivid/F5-TTS): chunks by UTF-8 bytes, and tokens of its
 * convert_char_to_pinyin for any script but the Chinese one. That function cuts the text with a
 * Chinese segmenter, which takes runs of ASCII characters as words and so puts a space inside "giọ
 * ng": models were trained on it. Chinese characters, which it would turn into pinyin, and the few
 * words like "C++" of the segmenter's dictionary are taken as plain characters.
 */
public final class F5Text implements FamilyText {
    /** Bytes; a shorter text is spoken at {@link #SHORT_SPEED}, or words are swallowed. */
    private static final int SHORT_BYTES = 10;

    /** Times the reference's rate. */
    private static final double SHORT_SPEED = 0.3;

    /** Where chunks may be cut: after a mark and the spaces behind it, or after a wide mark. */
    private static final Pattern CUT =
            Pattern.compile(
                    "(?<=[;:,.!?])[\\s\\x1c-\\x1f]+|(?<=[；：，。！？])",
                    Pattern.UNICODE_CHARACTER_CLASS);

    /** What the segmenter takes as one word where it is longer than one character. */
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*%?|[-+#&._%]+|\r\n");

    /** After one of these a word needs no space of its own. */
    private static final String OPEN_ENDS = " :'\"";

    private final Vocabulary vocabulary;

    public F5Text(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public Script script(Passage passage, Reference reference, Pace pace) {
        Delivery given = delivery(reference, pace);
        Set<String> unread = new LinkedHashSet<>();
        List<Chunk> chunks = new ArrayList<>();
        for (String piece : pieces(passage.text(), bytesMax(reference, pace))) {
            unread.addAll(given.unread(piece));
            chunks.add(given.chunk(piece));
        }
        return new Script(chunks, List.copyOf(unread));
    }

    @Override
    public Delivery delivery(Reference reference, Pace pace) {
        bytesMax(reference, pace);
        return new Given(spaced(reference.text()), reference, pace);
    }

    /** Pieces by these rules. */
    private final class Given implements Delivery {
        private final String before;
        private final Reference reference;
        private final Pace pace;

        Given(String before, Reference reference, Pace pace) {
            this.before = before;
            this.reference = reference;
            this.pace = pace;
        }

        @Override
        public String readable(String text) {
            return Spaces.strip(text);
        }

        @Override
        public double seconds(String piece) {
            return spoken(before, piece, reference, pace)
                    * Reference.HOP_SAMPLES
                    / Reference.SAMPLE_RATE;
        }

        @Override
        public Chunk chunk(String piece) {
            Tokens tokens = vocabulary.tokens(tokens(before + piece));
            return new Chunk(piece, tokens, frames(before, piece, reference, pace, tokens));
        }

        @Override
        public List<String> unread(String piece) {
            return vocabulary.tokens(tokens(piece)).unknown();
        }
    }

    /** The tokens of a text, each one character, with the spaces of the segmenter. */
    static List<String> tokens(String text) {
        String plain = straight(text);
        List<String> tokens = new ArrayList<>(plain.length());
        Matcher word = WORD.matcher(plain);
        for (int at = 0; at < plain.length(); ) {
            int to = at + Character.charCount(plain.codePointAt(at));
            if (word.region(at, plain.length()).lookingAt()) {
                to = word.end();
            }
            boolean isWord = to - at > 1 && plain.charAt(at) < 0x80;
            if (isWord && !tokens.isEmpty() && !OPEN_ENDS.contains(tokens.getLast())) {
                tokens.add(" ");
            }
            plain.substring(at, to).codePoints().mapToObj(Character::toString).forEach(tokens::add);
            at = to;
        }
        return tokens;
    }

    private static String straight(String text) {
        return text.replace(';', ',')
                .replace('“', '"')
                .replace('”', '"')
                .replace('‘', '\'')
                .replace('’', '\'');
    }

    /** Most UTF-8 bytes of a chunk, so that it ends within the seconds of a chunk. */
    static int bytesMax(Reference reference, Pace pace) {
        double rate = Passage.bytes(reference.text()) / reference.seconds();
        double bytes = rate * (pace.chunkSeconds() - reference.seconds()) * pace.speed();
        if (bytes < 1) {
            throw new TextException(
                    ("the reference of %.1f s leaves no room in chunks of %.1f s; raise"
                                    + " --chunk-seconds or take a shorter reference")
                            .formatted(reference.seconds(), pace.chunkSeconds()));
        }
        return (int) bytes;
    }

    /**
     * The pieces of {@code text}: whole clauses, together while they fit {@code bytesMax}. The
     * empty piece that the original makes of white space after the last mark is left out.
     */
    static List<String> pieces(String text, int bytesMax) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int bytes = 0;
        for (String clause : CUT.split(text, -1)) {
            if (clause.isEmpty()) {
                continue;
            }
            String spaced = spaced(clause);
            if (!piece.isEmpty() && bytes + Passage.bytes(clause) > bytesMax) {
                pieces.add(Spaces.strip(piece.toString()));
                piece.setLength(0);
                bytes = 0;
            }
            piece.append(spaced);
            bytes += Passage.bytes(spaced);
        }
        pieces.add(Spaces.strip(piece.toString()));
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    /** The text with a space behind an end of one byte; a wide mark needs none. */
    private static String spaced(String text) {
        return text.charAt(text.length() - 1) < 0x80 ? text + " " : text;
    }

    /** Mel frames of {@code piece} alone, not rounded. */
    private static double spoken(String before, String piece, Reference reference, Pace pace) {
        int bytes = Passage.bytes(piece);
        double speed = bytes < SHORT_BYTES ? SHORT_SPEED : pace.speed();
        int spoken = reference.samples() / Reference.HOP_SAMPLES;
        double each = spoken / (double) Passage.bytes(before);
        double least = pace.minSeconds() * Reference.SAMPLE_RATE / Reference.HOP_SAMPLES;
        return Math.max(each * bytes / speed, least);
    }

    private static int frames(
            String before, String piece, Reference reference, Pace pace, Tokens tokens) {
        int frames;
        if (pace.fixedSeconds().isPresent()) {
            double samples = pace.fixedSeconds().getAsDouble() * Reference.SAMPLE_RATE;
            frames = (int) (samples / Reference.HOP_SAMPLES);
        } else {
            int reached = reference.samples() / Reference.HOP_SAMPLES;
            frames = reached + (int) spoken(before, piece, reference, pace);
        }
        return Math.max(frames, Math.max(tokens.size(), reference.frames()) + 1);
    }
}
