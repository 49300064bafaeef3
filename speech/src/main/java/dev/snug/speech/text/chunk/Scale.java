package dev.snug.speech.text.chunk;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * An estimate of the seconds from the start of a stretch to any place in it. Blocks of some words
 * are measured and brought to the sum that the whole stretch takes, because a measure may have a
 * least value that single words would only show.
 */
final class Scale {
    /** Chars; some four seconds of speech. */
    private static final int BLOCK = 64;

    private final int[] offsets;
    private final double[] seconds;
    private final int blocks;

    private Scale(int[] offsets, double[] seconds, int blocks) {
        this.offsets = offsets;
        this.seconds = seconds;
        this.blocks = blocks;
    }

    static Scale of(String text, int from, int to, double total, ToDoubleFunction<String> measure) {
        int most = (to - from) / BLOCK + 2;
        int[] offsets = new int[most];
        double[] seconds = new double[most];
        offsets[0] = from;
        int blocks = 0;
        for (int at = from; at < to; ) {
            int end = blockEnd(text, at, to);
            blocks++;
            offsets[blocks] = end;
            seconds[blocks] = seconds[blocks - 1] + measure.applyAsDouble(text.substring(at, end));
            at = end;
        }
        double measured = seconds[blocks];
        for (int block = 1; block <= blocks; block++) {
            seconds[block] =
                    measured > 0
                            ? seconds[block] * total / measured
                            : total * (offsets[block] - from) / (to - from);
        }
        return new Scale(offsets, seconds, blocks);
    }

    /** The next place behind a block's length where white space ends, or else no pair is cut. */
    private static int blockEnd(String text, int at, int to) {
        int end = at + BLOCK;
        while (end < to && end < at + 2 * BLOCK && !Gap.isSpace(text.charAt(end - 1))) {
            end++;
        }
        if (end >= to) {
            return to;
        }
        return Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    }

    /** Seconds from the start to {@code offset}. */
    double at(int offset) {
        int found = Arrays.binarySearch(offsets, 0, blocks + 1, offset);
        if (found >= 0) {
            return seconds[found];
        }
        int block = -found - 2;
        double part = (offset - offsets[block]) / (double) (offsets[block + 1] - offsets[block]);
        return seconds[block] + part * (seconds[block + 1] - seconds[block]);
    }
}
