package dev.snug.vision.picture;

/**
 * The memory that a picture takes until it is answered, told by its header before a pixel is
 * decoded.
 *
 * @param width pixels of a stored row
 * @param height stored rows
 * @param decodingBytes Java arrays while it is decoded: its pixels, and the samples or rows that
 *     they are made of
 * @param outsideBytes what the decoder holds at that time outside the Java heap: the coefficients
 *     of a progressive JPEG
 */
public record PictureNeed(long width, long height, long decodingBytes, long outsideBytes) {
    /**
     * For each pixel of a row and of a column: weights, neighbours and open lines of a resampler,
     * or the rows that an overlay is made of. Lanczos takes the most, 123 and 24.
     */
    private static final long LINE_BYTES = 128;

    /** A baseline JPEG photo of so many pixels, four wide and three high, as phones make them. */
    public static PictureNeed photo(long pixels) {
        long width = (long) Math.ceil(Math.sqrt(pixels * 4 / 3.0));
        return new PictureNeed(width, Math.ceilDiv(pixels, width), Picture.CHANNELS * pixels, 0);
    }

    /** Of the whole picture. */
    public long pixels() {
        return width * height;
    }

    /** All that is held while it is decoded, wherever it lies. */
    public long memoryBytes() {
        return decodingBytes + outsideBytes;
    }

    /**
     * Of the Java heap, at the worst moment: while it is decoded, or while its rows are read for a
     * model or an overlay.
     */
    public long heapBytes() {
        long read = Picture.CHANNELS * pixels();
        long lines = LINE_BYTES * (width + height);
        return Math.max(decodingBytes, read + lines + Bands.bytesMost(width, height));
    }
}
