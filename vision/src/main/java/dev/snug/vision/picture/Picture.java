package dev.snug.vision.picture;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * A decoded picture: sRGB, 8 bits a channel, R G B in each pixel, rows from top to bottom, opaque.
 *
 * <p>It holds 3 bytes a pixel, as the file stored them. Orientation is applied while rows are read,
 * so a turned photo takes no second copy. What does not fit whole is held {@linkplain #reduction
 * reduced}, for some models with {@link Samples} of the whole. Immutable once made: the array
 * handed to the constructor belongs to it.
 */
public final class Picture {
    /** Bytes a pixel. */
    public static final int CHANNELS = 3;

    private final byte[] rgb;
    private final Stored stored;
    private final int storedWidth;
    private final int storedHeight;
    private final Orientation orientation;
    private final @Nullable SampledPicture sampled;

    /**
     * The picture in its file.
     *
     * @param width pixels of a row
     * @param height rows
     * @param factor by which it was decoded reduced, 1 for whole
     */
    record Stored(int width, int height, int factor) {}

    /**
     * An upright picture over {@code rgb}, which is not copied.
     *
     * @throws IllegalArgumentException when sizes are not positive or do not fit the array
     */
    public Picture(int width, int height, byte[] rgb) {
        this(rgb, new Stored(width, height, 1), Orientation.UPRIGHT);
    }

    Picture(byte[] rgb, Stored stored, Orientation orientation) {
        this(rgb, stored, orientation, null);
    }

    Picture(byte[] rgb, Stored stored, Orientation orientation, @Nullable SampledPicture sampled) {
        storedWidth = Math.ceilDiv(stored.width, stored.factor);
        storedHeight = Math.ceilDiv(stored.height, stored.factor);
        if (storedWidth <= 0 || storedHeight <= 0) {
            throw new IllegalArgumentException("sizes " + storedWidth + " x " + storedHeight);
        }
        if (rgb.length != (long) CHANNELS * storedWidth * storedHeight) {
            throw new IllegalArgumentException(
                    "%d x %d pixels do not fit %d bytes"
                            .formatted(storedWidth, storedHeight, rgb.length));
        }
        this.rgb = rgb;
        this.stored = stored;
        this.orientation = orientation;
        this.sampled = sampled;
    }

    /** Pixels in a row, as seen. */
    public int width() {
        return orientation.swapsAxes ? storedHeight : storedWidth;
    }

    /** Rows, as seen. */
    public int height() {
        return orientation.swapsAxes ? storedWidth : storedHeight;
    }

    /** How it was decoded where it was too large to be decoded whole; else empty. */
    public Optional<Reduction> reduction() {
        if (stored.factor == 1) {
            return Optional.empty();
        }
        return Optional.of(
                new Reduction(
                        stored.factor,
                        width(),
                        height(),
                        orientation.swapsAxes ? stored.height : stored.width,
                        orientation.swapsAxes ? stored.width : stored.height));
    }

    /**
     * What was kept of the whole for a model's input, where it was decoded reduced for that one.
     */
    Optional<SampledPicture> sampled(Samples input) {
        return Optional.ofNullable(sampled).filter(kept -> kept.input().equals(input));
    }

    /** Where it lies along its rows. */
    Extent across() {
        int full = orientation.swapsAxes ? stored.height : stored.width;
        return extent(width(), full, orientation.reversesX);
    }

    /** Where it lies along its columns. */
    Extent down() {
        int full = orientation.swapsAxes ? stored.width : stored.height;
        return extent(height(), full, orientation.reversesY);
    }

    private Extent extent(int pixels, int full, boolean isReversed) {
        double length = (double) full / stored.factor;
        return new Extent(pixels, isReversed ? pixels - length : 0, length);
    }

    /**
     * Copies rows {@code y} to {@code y + count} into the start of {@code rows}, 3 bytes a pixel.
     * Turned pictures are read along stored rows, so a band of 16 rows or more is far cheaper than
     * its rows one by one.
     */
    public void readRows(int y, int count, byte[] rows) {
        Objects.checkFromIndexSize(y, count, height());
        Objects.checkFromIndexSize(0, Math.multiplyExact(count, CHANNELS * width()), rows.length);
        if (orientation == Orientation.UPRIGHT) {
            int stride = CHANNELS * storedWidth;
            System.arraycopy(rgb, y * stride, rows, 0, count * stride);
        } else if (orientation.swapsAxes) {
            readTurned(y, count, rows);
        } else {
            readMirrored(y, count, rows);
        }
    }

    /** All rows as they are seen: the picture's own array where that has them, so only to read. */
    byte[] rows() {
        if (orientation == Orientation.UPRIGHT) {
            return rgb;
        }
        byte[] rows = new byte[rgb.length];
        readRows(0, height(), rows);
        return rows;
    }

    private void readMirrored(int y, int count, byte[] rows) {
        int width = storedWidth;
        int step = orientation.reversesX ? -CHANNELS : CHANNELS;
        for (int row = 0; row < count; row++) {
            int storedY = orientation.reversesY ? storedHeight - 1 - (y + row) : y + row;
            int from = CHANNELS * (storedY * width + (orientation.reversesX ? width - 1 : 0));
            int to = CHANNELS * row * width;
            copyPixels(rgb, from, step, rows, to, CHANNELS, width);
        }
    }

    /**
     * Seen (x, y) is stored (y', x') with mirrors; each stored row gives one column of the band.
     */
    private void readTurned(int y, int count, byte[] rows) {
        int stride = CHANNELS * width();
        int step = orientation.reversesY ? -CHANNELS : CHANNELS;
        int first = orientation.reversesY ? storedWidth - 1 - y : y;
        for (int storedY = 0; storedY < storedHeight; storedY++) {
            int x = orientation.reversesX ? storedHeight - 1 - storedY : storedY;
            int from = CHANNELS * (storedY * storedWidth + first);
            copyPixels(rgb, from, step, rows, CHANNELS * x, stride, count);
        }
    }

    private static void copyPixels(
            byte[] from, int at, int step, byte[] to, int toAt, int toStep, int pixels) {
        for (int i = 0; i < pixels; i++) {
            to[toAt] = from[at];
            to[toAt + 1] = from[at + 1];
            to[toAt + 2] = from[at + 2];
            at += step;
            toAt += toStep;
        }
    }

    @Override
    public String toString() {
        return "Picture[" + width() + " x " + height() + ", " + orientation + "]";
    }
}
