package dev.snug.vision.picture;

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
