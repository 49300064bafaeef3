package dev.snug.speech.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text rules of VietVoice-TTS: characters as tokens, the reference's text and the chunk without
 * a space between, durations in proportion to UTF-8 bytes. The results are those of its
 * TextProcessor and TTSEngine (nguyenvulebinh/VietVoice-TTS), known slips included, because
 * durations and so the audio depend on them.
 */
public final class VietVoiceText implements FamilyText {
    /** Seconds left free in a chunk when a text is cut. */
    private static final double MARGIN_SECONDS = 1.0;

    /** The part of the computed length that a piece cut a second time gets. */
    private static final double SECOND_CUT = 0.9;

    private static final String VIETNAMESE =
            "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
                    + "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆĐÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ";
    private static final Pattern UNREADABLE =
            Pattern.compile("[^a-zA-Z0-9" + VIETNAMESE + " .,!?'@$%&/:;()]");
    private static final Pattern LINE_FEED = Pattern.compile("\n");

    /** Nobody expects to hear these, so their loss is not reported. */
    private static final Pattern SILENT =
            Pattern.compile("[\\s\\p{Cntrl}\\p{P}]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern CLAUSE = Pattern.compile("[;:()]");
    private static final Pattern STOPS = Pattern.compile("\\.+");
    private static final Pattern COMMAS = Pattern.compile(",+");
    private static final Pattern SPACES = Pattern.compile(" +");

    /** The original's list of pauses ".,?!:", which it uses as a regular expression. */
    private static final Pattern PAUSE = Pattern.compile(".,?!:");

    private static final int PAUSE_BYTES = 3;

    private final Vocabulary vocabulary;

    public VietVoiceText(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public Script script(Passage passage, Reference reference, Pace pace) {
        Given given = new Given(timing(reference, pace));
        Set<String> unread = dropped(passage.text());
        List<Chunk> chunks = new ArrayList<>();
        for (String piece : pieces(given.readable(passage.text()), given.timing)) {
            unread.addAll(given.unread(piece));
            chunks.add(given.chunk(piece));
        }
        return new Script(chunks, List.copyOf(unread));
    }

    @Override
    public Delivery delivery(Reference reference, Pace pace) {
        return new Given(timing(reference, pace));
    }

    private static Timing timing(Reference reference, Pace pace) {
        return new Timing(speakable(reference.text(), "reference text"), reference, pace);
    }

    /** Pieces by these rules. */
    private final class Given implements Delivery {
        private final Timing timing;

        Given(Timing timing) {
            this.timing = timing;
        }

        @Override
        public String readable(String text) {
            return speakable(text, "text");
        }

        @Override
        public double seconds(String piece) {
            return timing.seconds(piece);
        }

        @Override
        public Chunk chunk(String piece) {
            Tokens tokens = vocabulary.characters(timing.referenceText() + piece);
            return new Chunk(piece, tokens, timing.frames(piece));
        }

        @Override
        public List<String> unread(String piece) {
            return vocabulary.characters(piece).unknown();
        }
    }

    /** The text with readable characters only, clauses ended by commas, and an end. */
    static String clean(String text) {
        String line = text.indexOf('\n') < 0 ? text : joined(text);
        String readable = Spaces.strip(UNREADABLE.matcher(line).replaceAll(" "));
        String commas = CLAUSE.matcher(readable).replaceAll(",");
        String single = STOPS.matcher(commas).replaceAll(".");
        single = COMMAS.matcher(single).replaceAll(",");
        single = SPACES.matcher(single).replaceAll(" ");
        boolean ended =
                !single.isEmpty() && ".?!,".indexOf(single.charAt(single.length() - 1)) >= 0;
        return ended ? single : single + ".";
    }

    private static String joined(String text) {
        return LINE_FEED
                .splitAsStream(text)
                .map(Spaces::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.endsWith(".") ? line : line + ".")
                .collect(Collectors.joining(" "));
    }

    /** The length that durations are in proportion to: UTF-8 bytes, and three for each pause. */
    static int length(String text) {
        return Passage.bytes(text) + PAUSE_BYTES * (int) PAUSE.matcher(text).results().count();
    }

    private static String speakable(String text, String what) {
        String clean = clean(text);
        if (clean.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new TextException(
                    "the %s has no Latin or Vietnamese letter and no digit, and nothing else is read aloud"
                            .formatted(what));
        }
        return clean;
    }

    private static Set<String> dropped(String text) {
        return UNREADABLE
                .matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .filter(character -> !SILENT.matcher(character).matches())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> pieces(String text, Timing timing) {
        if (timing.fits(text)) {
            return List.of(text);
        }
        double available =
                timing.pace().chunkSeconds() - timing.reference().seconds() - MARGIN_SECONDS;
        if (available <= 0) {
            throw new TextException(
                    ("the reference of %.1f s leaves no room in chunks of %.1f s; raise"
                                    + " --chunk-seconds above %.1f or take a shorter reference")
                            .formatted(
                                    timing.reference().seconds(),
                                    timing.pace().chunkSeconds(),
                                    timing.reference().seconds() + MARGIN_SECONDS));
        }
        // Bytes a second taken as characters: Vietnamese chunks come out shorter than they may be.
        int characters = (int) (timing.rate() * available * timing.pace().speed());
        List<String> pieces = new ArrayList<>();
        for (String piece : Cutting.pieces(text, characters)) {
            if (timing.fits(piece)) {
                pieces.add(piece);
            } else {
                int length = piece.codePointCount(0, piece.length());
                int fewer = (int) (length * available / timing.seconds(piece) * SECOND_CUT);
                pieces.addAll(Cutting.pieces(piece, fewer));
            }
        }
        return pieces;
    }

    /** How long a piece takes at the reference's rate in bytes a second. */
    private record Timing(String referenceText, Reference reference, Pace pace) {
        double rate() {
            return length(referenceText) / reference.seconds();
        }

        double seconds(String piece) {
            return Math.max(length(piece) / rate() / pace.speed(), pace.minSeconds());
        }

        boolean fits(String piece) {
            return reference.seconds() + seconds(piece) <= pace.chunkSeconds();
        }

        int frames(String piece) {
            return pace.fixedSeconds().isPresent()
                    ? frames(pace.fixedSeconds().getAsDouble())
                    : reference.frames() + frames(seconds(piece)) + 1;
        }

        private static int frames(double seconds) {
            return (int) (seconds * Reference.SAMPLE_RATE) / Reference.HOP_SAMPLES;
        }
    }
}
