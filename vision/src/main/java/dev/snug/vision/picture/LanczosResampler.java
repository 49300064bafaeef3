package dev.snug.vision.picture;

/**
 * Pillow's {@code Image.resize(size, LANCZOS)} for 8-bit channels, level for level: two passes,
 * rounded to 8 bits between them, in the fixed point of {@link LanczosWeights}.
 *
 * <p>Rows are shortened first, then columns. Since Pillow 13 columns go first where the height
 * shrinks by more than twice what the width does (its pull request 9549); the two orders differ by
 * up to 6 levels at hard edges. Rows of the picture are pulled once, from the top, and memory is
 * one band of them and a few lines, whatever the picture's height.
 */
final class LanczosResampler implements Resampler {
    @Override
    public float[] resize(Picture picture, int width, int height) {
        Resampler.checkSize(width, height);
        LanczosWeights across = new LanczosWeights(picture.across(), width);
        LanczosWeights down = new LanczosWeights(picture.down(), height);
        int shrinksDown = picture.height() - height;
        boolean columnsFirst = shrinksDown > Math.max(0, 2 * (picture.width() - width));
        return columnsFirst
                ? columnsThenRows(picture, across, down)
                : rowsThenColumns(picture, across, down);
    }

    private static float[] rowsThenColumns(
            Picture picture, LanczosWeights across, LanczosWeights down) {
        byte[] line = new byte[3 * across.outputs];
        float[] levels = new float[line.length * down.outputs];
        LanczosColumns columns = new LanczosColumns(down, line.length);
        Bands bands = new Bands(picture);
        for (int y = 0; y < picture.height(); y++) {
            shorten(bands.rows(y), bands.offset(y), across, line);
            columns.add(line, 0, y);
            while (columns.isReady(y)) {
                int row = columns.take(line);
                widen(line, levels, row);
            }
        }
        return levels;
    }

    private static float[] columnsThenRows(
            Picture picture, LanczosWeights across, LanczosWeights down) {
        byte[] line = new byte[3 * across.outputs];
        byte[] wide = new byte[3 * picture.width()];
        float[] levels = new float[line.length * down.outputs];
        LanczosColumns columns = new LanczosColumns(down, wide.length);
        Bands bands = new Bands(picture);
        for (int y = 0; y < picture.height(); y++) {
            columns.add(bands.rows(y), bands.offset(y), y);
            while (columns.isReady(y)) {
                int row = columns.take(wide);
                shorten(wide, 0, across, line);
                widen(line, levels, row);
            }
        }
        return levels;
    }

    private static void shorten(byte[] rows, int offset, LanczosWeights across, byte[] line) {
        int[] weights = across.weights;
        for (int x = 0; x < across.outputs; x++) {
            int red = LanczosWeights.HALF;
            int green = LanczosWeights.HALF;
            int blue = LanczosWeights.HALF;
            int at = offset + 3 * across.start(x);
            int first = x * across.stride;
            int end = first + across.end(x) - across.start(x);
            for (int k = first; k < end; k++) {
                int weight = weights[k];
                red += (rows[at] & 0xff) * weight;
                green += (rows[at + 1] & 0xff) * weight;
                blue += (rows[at + 2] & 0xff) * weight;
                at += 3;
            }
            line[3 * x] = (byte) LanczosWeights.level(red);
            line[3 * x + 1] = (byte) LanczosWeights.level(green);
            line[3 * x + 2] = (byte) LanczosWeights.level(blue);
        }
    }

    private static void widen(byte[] line, float[] levels, int row) {
        int at = row * line.length;
        for (int i = 0; i < line.length; i++) {
            levels[at + i] = line[i] & 0xff;
        }
    }
}
