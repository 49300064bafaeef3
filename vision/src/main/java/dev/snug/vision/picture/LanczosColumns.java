package dev.snug.vision.picture;

import java.util.Arrays;

/**
 * The vertical pass of {@link LanczosResampler} as a stream: input lines go in from the top, each
 * is added at once to every output line that wants it, and output lines come out in order. Only the
 * output lines that are open at the same time are held, 4 bytes a value; about seven when
 * shrinking.
 */
final class LanczosColumns {
    private final LanczosWeights weights;
    private final int[][] open;
    private int next;

    /** For lines of {@code values} bytes. */
    LanczosColumns(LanczosWeights weights, int values) {
        this.weights = weights;
        open = new int[weights.openMost()][values];
        for (int[] sums : open) {
            Arrays.fill(sums, LanczosWeights.HALF);
        }
    }

    /** Takes input line {@code y}, which starts at {@code offset}; lines come in order. */
    void add(byte[] lines, int offset, int y) {
        for (int out = next; out < weights.outputs && weights.start(out) <= y; out++) {
            int weight = weights.weights[out * weights.stride + y - weights.start(out)];
            addWeighted(lines, offset, weight, open[out % open.length]);
        }
    }

    private static void addWeighted(byte[] lines, int offset, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (lines[offset + i] & 0xff) * weight;
        }
    }

    /** Whether the next output line is complete once input line {@code y} was added. */
    boolean isReady(int y) {
        return next < weights.outputs && weights.end(next) <= y + 1;
    }

    /** Rounds the next output line into {@code line}; returns its number. */
    int take(byte[] line) {
        int[] sums = open[next % open.length];
        for (int i = 0; i < sums.length; i++) {
            line[i] = (byte) LanczosWeights.level(sums[i]);
        }
        Arrays.fill(sums, LanczosWeights.HALF);
        return next++;
    }
}
