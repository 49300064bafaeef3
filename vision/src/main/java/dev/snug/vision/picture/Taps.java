package dev.snug.vision.picture;

import java.util.Arrays;

/**
 * The two neighbours of each output sample along one axis, and the share of the higher one, 0 to 1:
 * bilinear interpolation with half-pixel centres, where positions beyond the edge take its value.
 */
final class Taps {
    final int[] low;
    final int[] high;
    final float[] share;

    Taps(int inputs, int outputs) {
        this(Extent.whole(inputs), outputs);
    }

    /**
     * Of a whole whose pixels were not all kept.
     *
     * @param kept places of those that were, ascending; every neighbour is among them
     */
    Taps(int inputs, int outputs, int[] kept) {
        this(inputs, outputs);
        for (int i = 0; i < outputs; i++) {
            low[i] = Arrays.binarySearch(kept, low[i]);
            high[i] = Arrays.binarySearch(kept, high[i]);
        }
    }

    Taps(Extent extent, int outputs) {
        low = new int[outputs];
        high = new int[outputs];
        share = new float[outputs];
        float scale = (float) extent.length() / outputs;
        float start = (float) extent.start() - 0.5f;
        for (int i = 0; i < outputs; i++) {
            float position = (i + 0.5f) * scale + start;
            float floor = (float) Math.floor(position);
            low[i] = Math.max((int) floor, 0);
            high[i] = Math.min((int) Math.ceil(position), extent.pixels() - 1);
            share[i] = position - floor;
        }
    }
}
