package dev.snug.vision.picture;

import java.util.Arrays;

/**
 * Takes the pixels that a model's resampler reads out of the rows of a whole picture, on their way
 * to being averaged. Memory: {@link Samples#bytes}.
 */
final class SampledRows {
    private final Samples input;
    private final int[] columns;
    private final int[] rows;
    private final byte[] rgb;

    SampledRows(Samples input, int width, int height) {
        this.input = input;
        columns = input.of(width).stream().toArray();
        rows = input.of(height).stream().toArray();
        rgb = Pixels.allocate((long) Picture.CHANNELS * columns.length * rows.length);
    }

    /** Takes in whole row {@code y}, which starts {@code row}. */
    void add(int y, byte[] row) {
        int line = Arrays.binarySearch(rows, y);
        if (line < 0) {
            return;
        }
        int to = Picture.CHANNELS * columns.length * line;
        for (int column : columns) {
            System.arraycopy(row, Picture.CHANNELS * column, rgb, to, Picture.CHANNELS);
            to += Picture.CHANNELS;
        }
    }

    /** What was kept of a picture that is turned so. Kept places read the same from both ends. */
    SampledPicture picture(Orientation orientation) {
        return new SampledPicture(
                input,
                new Picture(rgb, new Picture.Stored(columns.length, rows.length, 1), orientation),
                orientation.swapsAxes ? rows : columns,
                orientation.swapsAxes ? columns : rows);
    }
}
