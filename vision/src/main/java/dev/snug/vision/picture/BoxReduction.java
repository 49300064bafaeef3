package dev.snug.vision.picture;

/** A picture made small for paper: each pixel is the mean of a box, rounded. */
public final class BoxReduction {
    private BoxReduction() {}

    /**
     * An upright copy of {@code picture} without more than {@code sideMost} pixels a side: reduced
     * by the smallest whole factor that does it, so its longer side has more than half of that
     * where the picture has.
     *
     * @param sideMost 1 or more; the copy takes up to 3 bytes times its square
     */
    public static Picture of(Picture picture, int sideMost) {
        int width = picture.width();
        int factor = Math.ceilDiv(Math.max(width, picture.height()), sideMost);
        int columns = Math.ceilDiv(width, factor);
        int lines = Math.ceilDiv(picture.height(), factor);
        byte[] rgb = new byte[Picture.CHANNELS * columns * lines];
        int[] sums = new int[Picture.CHANNELS * columns];
        Bands bands = new Bands(picture);
        for (int line = 0; line < lines; line++) {
            int end = Math.min(picture.height(), (line + 1) * factor);
            for (int y = line * factor; y < end; y++) {
                add(bands.rows(y), bands.offset(y), width, factor, sums);
            }
            finish(sums, end - line * factor, factor, width, rgb, line * sums.length);
        }
        return new Picture(columns, lines, rgb);
    }

    private static void add(byte[] row, int offset, int width, int factor, int[] sums) {
        int at = offset;
        for (int x = 0; x < width; x++) {
            int to = x / factor * Picture.CHANNELS;
            sums[to] += row[at++] & 0xff;
            sums[to + 1] += row[at++] & 0xff;
            sums[to + 2] += row[at++] & 0xff;
        }
    }

    private static void finish(
            int[] sums, int rows, int factor, int width, byte[] rgb, int offset) {
        for (int i = 0; i < sums.length; i++) {
            int first = i / Picture.CHANNELS * factor;
            int count = rows * (Math.min(width, first + factor) - first);
            rgb[offset + i] = (byte) ((sums[i] + count / 2) / count);
            sums[i] = 0;
        }
    }
}
