package dev.snug.vision.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * A heat map laid over its picture: float32 [rows, columns], 0 to 1, row-major, brought to the
 * picture's size by bilinear interpolation (half-pixel centres, edges clamped), coloured and
 * blended row by row, so that no second picture exists.
 */
public final class Overlay {
    private final Picture picture;
    private final float[] heat;
    private final int rows;
    private final int columns;
    private final ColorMap colours;

    /**
     * An overlay of {@code heat}, which is not copied.
     *
     * @throws IllegalArgumentException when the map is empty or its sizes do not fit its values
     */
    public Overlay(Picture picture, float[] heat, int rows, int columns, ColorMap colours) {
        if (rows < 1 || columns < 1 || heat.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "a heat map of %d x %d has %d values".formatted(rows, columns, heat.length));
        }
        this.picture = picture;
        this.heat = heat;
        this.rows = rows;
        this.columns = columns;
        this.colours = colours;
    }

    /** Writes the overlay as a PNG of the picture's size; {@code out} is left open. */
    public void writePng(OutputStream out) throws IOException {
        try (PngWriter png = new PngWriter(out, picture.width(), picture.height())) {
            rows((_, line) -> png.writeRow(line));
        }
    }

    /** The overlay as a second picture: for small ones. */
    public Picture picture() {
        byte[] rgb = new byte[Picture.CHANNELS * picture.width() * picture.height()];
        try {
            rows((y, line) -> System.arraycopy(line, 0, rgb, y * line.length, line.length));
        } catch (IOException e) {
            throw new UncheckedIOException("memory that cannot be written", e);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    /** Takes row {@code y}, R G B in each pixel; the array is used again. */
    @FunctionalInterface
    private interface RowSink {
        void take(int y, byte[] line) throws IOException;
    }

    private void rows(RowSink sink) throws IOException {
        int width = picture.width();
        int height = picture.height();
        Taps across = new Taps(columns, width);
        Taps down = new Taps(rows, height);
        Bands bands = new Bands(picture);
        int[] table = colours.table();
        float[] heatRow = new float[columns];
        byte[] line = new byte[Picture.CHANNELS * width];
        for (int y = 0; y < height; y++) {
            mix(down.low[y] * columns, down.high[y] * columns, down.share[y], heatRow);
            System.arraycopy(bands.rows(y), bands.offset(y), line, 0, line.length);
            blend(line, heatRow, across, table);
            sink.take(y, line);
        }
    }

    private void mix(int above, int below, float share, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = heat[above + i] + (heat[below + i] - heat[above + i]) * share;
        }
    }

    private void blend(byte[] line, float[] heatRow, Taps across, int[] table) {
        for (int x = 0; x < across.low.length; x++) {
            float from = heatRow[across.low[x]];
            float value = from + (heatRow[across.high[x]] - from) * across.share[x];
            int color = table[ColorMap.index(value)];
            int opacity = Math.round(colours.opacity(value) * 256);
            int at = Picture.CHANNELS * x;
            line[at] = blended(line[at], color >> 16, opacity);
            line[at + 1] = blended(line[at + 1], color >> 8, opacity);
            line[at + 2] = blended(line[at + 2], color, opacity);
        }
    }

    /** {@code opacity} of 256 parts from the low 8 bits of {@code color}, rounded. */
    private static byte blended(byte level, int color, int opacity) {
        return (byte) (((level & 0xff) * (256 - opacity) + (color & 0xff) * opacity + 128) >> 8);
    }
}
