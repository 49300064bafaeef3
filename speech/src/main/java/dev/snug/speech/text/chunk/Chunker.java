package dev.snug.speech.text.chunk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Cuts texts into pieces of at most some seconds, balanced so that none is left tiny.
 *
 * <p>A text that fits is one piece. Else as few pieces as fill {@link #FILL} of the limit are
 * planned, all of one length, and the cuts are those whose pieces deviate least from it, where a
 * cut at a sentence's end costs nothing, one behind a comma some, and one between words much; names
 * and numbers are cut only where they alone pass the limit, and words last of all. A cut leaves out
 * the white space there; nothing else is lost.
 *
 * <p>The measure is asked for blocks of the text, then for each piece; a piece that it finds too
 * long is cut again. Time in proportion to the text, while the measure's is.
 */
public final class Chunker {
    /** The part of the limit that pieces are planned to fill, so that cuts have some choice. */
    static final double FILL = 0.85;

    /** The part of the limit that an estimated piece may fill; estimates err by some per cent. */
    private static final double ESTIMATE = 0.97;

    /** Places in a limit's length where a word without end may be cut. */
    private static final int INSIDE_STEPS = 64;

    private final ToDoubleFunction<String> measure;
    private final double secondsMax;

    /**
     * @param measure seconds that speaking a text takes, finite and not negative
     * @param secondsMax most seconds of a piece; a single character may pass it
     */
    public Chunker(ToDoubleFunction<String> measure, double secondsMax) {
        // Written so that NaN fails too.
        if (!(secondsMax > 0 && secondsMax < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no limit of a piece: %s s".formatted(secondsMax));
        }
        this.measure = measure;
        this.secondsMax = secondsMax;
    }

    /** The pieces of {@code text}, none of white space only. */
    public List<Piece> pieces(String text) {
        return pieces(text, List.of());
    }

    /**
     * The pieces of {@code text}, none across a border.
     *
     * @param borders offsets where a piece must end, rising, from 0 to the length of the text:
     *     pauses
     */
    public List<Piece> pieces(String text, List<Integer> borders) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int border : borders) {
            if (border < from || border > text.length()) {
                throw new IllegalArgumentException(
                        "border %d lies before %d or behind the text of %d chars"
                                .formatted(border, from, text.length()));
            }
            cut(text, from, border, pieces);
            from = border;
        }
        cut(text, from, text.length(), pieces);
        return pieces;
    }

    private record Stretch(int start, int end) {}

    private void cut(String text, int from, int to, List<Piece> pieces) {
        Deque<Stretch> left = new ArrayDeque<>();
        left.push(new Stretch(from, to));
        while (!left.isEmpty()) {
            Stretch next = stripped(text, left.pop());
            if (next.start() == next.end()) {
                continue;
            }
            String words = text.substring(next.start(), next.end());
            double seconds = seconds(words);
            List<Stretch> parts = seconds <= secondsMax ? List.of() : parts(text, next, seconds);
            if (parts.isEmpty()) {
                pieces.add(new Piece(words, next.start(), next.end(), seconds));
            }
            parts.reversed().forEach(left::push);
        }
    }

    /** The parts of a stretch that is too long; none where it is one character. */
    private List<Stretch> parts(String text, Stretch whole, double total) {
        Scale scale = Scale.of(text, whole.start(), whole.end(), total, this::seconds);
        double limit = ESTIMATE * secondsMax;
        Cuts cuts = withInside(text, whole, scale, limit);
        if (cuts.size() == 0) {
            return List.of();
        }
        double target = total / Math.max(2, Math.ceil(total / (FILL * secondsMax)));
        List<Stretch> parts = new ArrayList<>();
        int start = whole.start();
        for (int cut : Balance.choose(cuts, scale, total, target, limit)) {
            parts.add(new Stretch(start, cuts.end(cut)));
            start = cuts.start(cut);
        }
        parts.add(new Stretch(start, whole.end()));
        return parts;
    }

    /** The cuts between words, and inside those that alone pass the limit. */
    private static Cuts withInside(String text, Stretch whole, Scale scale, double limit) {
        Cuts between = Cuts.between(text, whole.start(), whole.end());
        if (isFine(between, whole, scale, limit)) {
            return between;
        }
        Cuts all = new Cuts();
        int start = whole.start();
        for (int cut = 0; cut <= between.size(); cut++) {
            int end = cut < between.size() ? between.end(cut) : whole.end();
            if (scale.at(end) - scale.at(start) > limit) {
                all.addInside(text, start, end, scale, limit / INSIDE_STEPS);
            }
            if (cut < between.size()) {
                all.add(end, between.start(cut), between.kind(cut));
                start = between.start(cut);
            }
        }
        return all;
    }

    /** Whether nothing between two cuts passes the limit. */
    private static boolean isFine(Cuts between, Stretch whole, Scale scale, double limit) {
        int start = whole.start();
        for (int cut = 0; cut < between.size(); cut++) {
            if (scale.at(between.end(cut)) - scale.at(start) > limit) {
                return false;
            }
            start = between.start(cut);
        }
        return scale.at(whole.end()) - scale.at(start) <= limit;
    }

    private double seconds(String words) {
        double seconds = measure.applyAsDouble(words);
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the measure gives %s s for %d chars".formatted(seconds, words.length()));
        }
        return seconds;
    }

    private static Stretch stripped(String text, Stretch stretch) {
        int start = stretch.start();
        int end = stretch.end();
        while (start < end && Gap.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Gap.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return new Stretch(start, end);
    }
}
