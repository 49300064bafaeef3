package dev.snug.speech.text.chunk;

import java.text.BreakIterator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The places where a stretch of text may be cut, in order: where the piece before ends, where the
 * next begins, and the kind.
 */
final class Cuts {
    private static final String WIDE_MARKS = "。！？；：，、";
    private static final String CLOSERS = "」』）”’";

    /** A byte for each cut, because a text of a megabyte has half a million. */
    private static final List<Cut> KINDS = List.of(Cut.values());

    private int[] ends = new int[16];
    private int[] starts = new int[16];
    private byte[] kinds = new byte[16];
    private int size;

    /**
     * The cuts between words of {@code text} from {@code from} to {@code to}, which are no space.
     */
    static Cuts between(String text, int from, int to) {
        Cuts cuts = new Cuts();
        for (int at = from; at < to; ) {
            char character = text.charAt(at);
            if (Gap.isSpace(character)) {
                int end = at;
                while (Gap.isSpace(text.charAt(end))) {
                    end++;
                }
                cuts.add(at, end, Classifier.of(new Gap(text, at, end)));
                at = end;
                continue;
            }
            at++;
            if (at < to && WIDE_MARKS.indexOf(character) >= 0 && isFree(text.charAt(at))) {
                cuts.add(at, at, wide(character));
            }
        }
        return cuts;
    }

    private static boolean isFree(char next) {
        return !Gap.isSpace(next) && WIDE_MARKS.indexOf(next) < 0 && CLOSERS.indexOf(next) < 0;
    }

    private static Cut wide(char mark) {
        return switch (mark) {
            case '。', '！', '？' -> Cut.SENTENCE;
            case '；', '：' -> Cut.CLAUSE;
            default -> Cut.COMMA;
        };
    }

    /**
     * Adds places between the characters, as people see them, of one word.
     *
     * @param stepSeconds places that lie closer to the last one are left out
     */
    void addInside(String text, int from, int to, Scale scale, double stepSeconds) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(from, to));
        characters.first();
        double last = scale.at(from);
        int before = size;
        int left = 0;
        for (int at = characters.next(); at != BreakIterator.DONE; at = characters.next()) {
            double seconds = scale.at(from + at);
            if (from + at < to && seconds - last >= stepSeconds) {
                add(from + at, from + at, Cut.INSIDE);
                last = seconds;
            } else if (from + at < to) {
                left = at;
            }
        }
        if (size == before && left > 0) {
            add(from + left, from + left, Cut.INSIDE);
        }
    }

    void add(int end, int start, Cut kind) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        ends[size] = end;
        starts[size] = start;
        kinds[size] = (byte) KINDS.indexOf(kind);
        size++;
    }

    int size() {
        return size;
    }

    /** Where the piece before the cut ends. */
    int end(int cut) {
        return ends[cut];
    }

    /** Where the piece behind the cut begins. */
    int start(int cut) {
        return starts[cut];
    }

    Cut kind(int cut) {
        return KINDS.get(kinds[cut]);
    }
}
