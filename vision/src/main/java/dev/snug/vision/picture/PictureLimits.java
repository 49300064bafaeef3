package dev.snug.vision.picture;

/**
 * What one picture may cost: bytes of the file, pixels by its header, and bytes of memory while it
 * is decoded. All are checked before the first pixel is decoded.
 */
public record PictureLimits(long fileBytes, long pixels, long memoryBytes) {
    /** Bytes; a 48-megapixel phone photo is 10 to 20 MB, so only unusual files are refused. */
    public static final long FILE_BYTES = 25_000_000;

    /** Pixels; phone sensors store at most 50 megapixels by default, scanners about 100. */
    public static final long PIXELS = 100_000_000;

    /** Bytes; holds a 48-megapixel photo (3 bytes a pixel) and leaves a 512 MB host room to run. */
    public static final long MEMORY_BYTES = 192L << 20;

    /**
     * Pixels; the most a JPEG header can say, kept for PNG too: a resampling window grows with the
     * longer side, whatever the area is.
     */
    static final int SIDE_PIXELS = 65_535;

    /** The limits above. */
    public static final PictureLimits DEFAULT = new PictureLimits(FILE_BYTES, PIXELS, MEMORY_BYTES);

    public PictureLimits {
        if (fileBytes <= 0 || pixels <= 0 || memoryBytes <= 0) {
            throw new IllegalArgumentException(
                    "picture limits must be positive: "
                            + fileBytes
                            + ", "
                            + pixels
                            + ", "
                            + memoryBytes);
        }
    }

    /** The same limits with another one for memory. */
    public PictureLimits withMemoryBytes(long bytes) {
        return new PictureLimits(fileBytes, pixels, bytes);
    }

    void checkFile(long bytes) {
        if (bytes > fileBytes) {
            throw new PictureTooLargeException(
                    "the file has %,d bytes; the limit is %,d. Save it smaller, for example at %s"
                            .formatted(bytes, fileBytes, "JPEG quality 90"));
        }
    }

    /** Checks what a header says, in long arithmetic: {@code bytes} is the peak of its decoding. */
    void checkHeader(long width, long height, long bytes) {
        if (width > SIDE_PIXELS || height > SIDE_PIXELS || width * height > pixels) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d; the limit is %,d pixels, and %,d for a side. %s"
                            .formatted(width, height, pixels, SIDE_PIXELS, "Scale it down"));
        }
        if (bytes > memoryBytes || bytes > Integer.MAX_VALUE - 8L) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d and needs %,d bytes to decode; the limit is %,d. %s"
                            .formatted(width, height, bytes, memoryBytes, "Scale it down"));
        }
    }
}
