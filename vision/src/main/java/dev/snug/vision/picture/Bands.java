package dev.snug.vision.picture;

/**
 * A window of consecutive rows of a picture, moved forward as rows are asked for: turned pictures
 * are cheap to read only in bands.
 */
final class Bands {
    /** Bytes; a band of a 4000-pixel-wide photo is then 43 rows. */
    private static final int BAND_BYTES = 1 << 19;

    /** Rows; fewer would make each pixel of a turned picture a cache miss. */
    private static final int ROWS_LEAST = 16;

    private final Picture picture;
    private final int stride;
    private final byte[] band;
    private int first;
    private int count;

    Bands(Picture picture) {
        this.picture = picture;
        stride = Picture.CHANNELS * picture.width();
        int rows = Math.max(ROWS_LEAST, BAND_BYTES / stride);
        band = new byte[Math.min(rows, picture.height()) * stride];
    }

    /** The most that the window of a picture takes, turned or not. */
    static long bytesMost(long width, long height) {
        long rows = Picture.CHANNELS * ROWS_LEAST * Math.max(width, height);
        return Math.min(Math.max(BAND_BYTES, rows), Picture.CHANNELS * width * height);
    }

    /** An array that holds row {@code y}; valid until a row outside the band is asked for. */
    byte[] rows(int y) {
        if (y < first || y >= first + count) {
            first = y;
            count = Math.min(band.length / stride, picture.height() - y);
            picture.readRows(first, count, band);
        }
        return band;
    }

    /** Where row {@code y} starts in the array of {@link #rows}. */
    int offset(int y) {
        return (y - first) * stride;
    }
}
