package dev.snug.vision.picture;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A heat map alone, as colours with opacity, to be laid over its picture by whoever shows it:
 * float32 [rows, columns], 0 to 1, row-major, brought by bilinear interpolation to the shape of the
 * picture, at most {@value #SIDE_PIXELS} pixels a side. Where an {@link Overlay} mixes a colour of
 * the scale into the picture, this holds that colour and its share.
 */
public final class HeatMapLayer {
    /** A map has 8 to 20 cells a side: more pixels would show nothing more. */
    public static final int SIDE_PIXELS = 384;

    private static final int CHANNELS = Picture.CHANNELS + 1;

    private final float[] heat;
    private final int rows;
    private final int columns;
    private final ColorMap colours;

    /**
     * A layer of {@code heat}, which is not copied.
     *
     * @throws IllegalArgumentException when the map is empty or its sizes do not fit its values
     */
    public HeatMapLayer(float[] heat, int rows, int columns, ColorMap colours) {
        if (rows < 1 || columns < 1 || heat.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "a heat map of %d x %d has %d values".formatted(rows, columns, heat.length));
        }
        this.heat = heat;
        this.rows = rows;
        this.columns = columns;
        this.colours = colours;
    }

    /**
     * Writes it as an RGBA PNG in the proportions of a picture; {@code out} is left open.
     *
     * @param pictureWidth pixels of the upright picture
     * @param pictureHeight likewise
     */
    public void writePng(OutputStream out, int pictureWidth, int pictureHeight) throws IOException {
        int longer = Math.max(pictureWidth, pictureHeight);
        int width = side(pictureWidth, longer);
        int height = side(pictureHeight, longer);
        Taps across = new Taps(columns, width);
        Taps down = new Taps(rows, height);
        int[] table = colours.table();
        byte[] line = new byte[CHANNELS * width];
        try (PngWriter png = new PngWriter(out, width, height, CHANNELS)) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    put(line, CHANNELS * x, value(across, down, x, y), table);
                }
                png.writeRow(line);
            }
        }
    }

    private static int side(int pixels, int longer) {
        return longer <= SIDE_PIXELS
                ? pixels
                : (int) Math.max(1, (long) pixels * SIDE_PIXELS / longer);
    }

    private float value(Taps across, Taps down, int x, int y) {
        float above = between(down.low[y] * columns, across, x);
        float below = between(down.high[y] * columns, across, x);
        return above + (below - above) * down.share[y];
    }

    private float between(int row, Taps across, int x) {
        float left = heat[row + across.low[x]];
        return left + (heat[row + across.high[x]] - left) * across.share[x];
    }

    private void put(byte[] line, int at, float value, int[] table) {
        int colour = table[ColorMap.index(value)];
        line[at] = (byte) (colour >> 16);
        line[at + 1] = (byte) (colour >> 8);
        line[at + 2] = (byte) colour;
        line[at + 3] = (byte) Math.round(colours.opacity(value) * 255);
    }
}
