package dev.snug.vision.picture;

import java.util.BitSet;

/**
 * The input of a model whose resampler reads single pixels ({@link Resampler#bilinear}): means of a
 * picture that is decoded reduced are other levels than it would see, so the pixels that it reads
 * are kept beside them, at most 2 rows and 2 columns for each of the input, and twice that where
 * the input is not square.
 *
 * @param width of the input in pixels; 0 where nothing is kept
 * @param height of the input in pixels; 0 where nothing is kept
 */
public record Samples(int width, int height) {
    /** Nothing is kept: the resampler takes in all pixels. */
    public static final Samples NONE = new Samples(0, 0);

    public Samples {
        if (width != 0 || height != 0) {
            Resampler.checkSize(width, height);
        }
    }

    boolean isNone() {
        return width == 0;
    }

    /**
     * The stored columns, or rows, of which pixels may be read, of so many. A PNG says how it is
     * turned as late as behind its pixels: so whatever the orientation, and read from either end.
     */
    BitSet of(int pixels) {
        BitSet kept = new BitSet(pixels);
        if (!isNone()) {
            add(new Taps(pixels, width), kept, pixels);
            add(new Taps(pixels, height), kept, pixels);
        }
        return kept;
    }

    private static void add(Taps taps, BitSet kept, int pixels) {
        for (int i = 0; i < taps.low.length; i++) {
            kept.set(taps.low[i]);
            kept.set(taps.high[i]);
            kept.set(pixels - 1 - taps.low[i]);
            kept.set(pixels - 1 - taps.high[i]);
        }
    }

    /** What the kept pixels of a picture take, and the lists of their columns and rows. */
    long bytes(long columns, long rows) {
        if (isNone()) {
            return 0;
        }
        long across = of(Math.toIntExact(columns)).cardinality();
        long down = of(Math.toIntExact(rows)).cardinality();
        return Picture.CHANNELS * across * down + Integer.BYTES * (across + down);
    }
}
