package dev.snug.vision.picture;

import org.jspecify.annotations.Nullable;

/**
 * The way from the rows of a file to a {@link Picture}: a reader writes R G B of each row where
 * {@link #array} and {@link #offset} say and calls {@link #done}. Where the picture is decoded
 * reduced, each of its pixels is the mean, rounded, of a box of {@code factor} by {@code factor} of
 * the file's; boxes that reach beyond the last column or row are means of what there is, as in
 * Pillow's {@code Image.reduce}.
 *
 * <p>Rows come from the top or from the bottom, each once. Memory: the picture; where it is reduced
 * also one whole row, 4 bytes for each sum of a reduced row, and what the need's samples keep.
 */
final class PixelRows {
    private final int width;
    private final int height;
    private final int factor;
    private final int columns;
    private final int lines;
    private final byte[] rgb;
    private final byte[] row;
    private final int[] sums;
    private final @Nullable SampledRows sampled;
    private int taken;

    /** Takes the memory for the pixels that {@code need} speaks of. */
    PixelRows(PictureNeed need) {
        width = Math.toIntExact(need.width());
        height = Math.toIntExact(need.height());
        factor = need.factor();
        columns = Math.toIntExact(need.columns());
        lines = Math.toIntExact(need.lines());
        rgb = Pixels.allocate((long) Picture.CHANNELS * columns * lines);
        row = factor == 1 ? rgb : Pixels.allocate((long) Picture.CHANNELS * width);
        sums = new int[factor == 1 ? 0 : Picture.CHANNELS * columns];
        sampled =
                factor == 1 || need.samples().isNone()
                        ? null
                        : new SampledRows(need.samples(), width, height);
    }

    /** Pixels of a whole row. */
    int width() {
        return width;
    }

    /** Whole rows. */
    int height() {
        return height;
    }

    /** What holds whole rows. */
    byte[] array() {
        return row;
    }

    /** Where whole row {@code y} starts in {@link #array}. */
    int offset(int y) {
        return factor == 1 ? Picture.CHANNELS * width * y : 0;
    }

    /** Takes in whole row {@code y}. */
    void done(int y) {
        if (factor == 1) {
            return;
        }
        if (sampled != null) {
            sampled.add(y, row);
        }
        add();
        int line = y / factor;
        if (++taken == Math.min(factor, height - line * factor)) {
            finish(line);
            taken = 0;
        }
    }

    private void add() {
        int at = 0;
        for (int column = 0; column < columns; column++) {
            int red = 0;
            int green = 0;
            int blue = 0;
            int end = Math.min(row.length, at + Picture.CHANNELS * factor);
            for (; at < end; at += Picture.CHANNELS) {
                red += row[at] & 0xff;
                green += row[at + 1] & 0xff;
                blue += row[at + 2] & 0xff;
            }
            int to = Picture.CHANNELS * column;
            sums[to] += red;
            sums[to + 1] += green;
            sums[to + 2] += blue;
        }
    }

    private void finish(int line) {
        int at = line * sums.length;
        for (int column = 0; column < columns; column++) {
            int count = taken * Math.min(factor, width - column * factor);
            int end = Picture.CHANNELS * (column + 1);
            for (int i = Picture.CHANNELS * column; i < end; i++) {
                rgb[at + i] = (byte) ((sums[i] + count / 2) / count);
                sums[i] = 0;
            }
        }
    }

    /** The picture; nothing is written any more. */
    Picture picture(Orientation orientation) {
        return new Picture(
                rgb,
                new Picture.Stored(width, height, factor),
                orientation,
                sampled == null ? null : sampled.picture(orientation));
    }
}
