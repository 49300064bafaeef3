package dev.snug.vision.picture;

/**
 * What may be asked of a picture at all, whatever memory there is.
 *
 * @param fileBytes most bytes of a file, 1 to {@link #FILE_BYTES_MAX}
 * @param pixels most pixels by its header, 1 to {@link #PIXELS_MAX}
 */
public record PictureCaps(long fileBytes, long pixels) {
    /** Bytes; more than any camera writes of one picture. */
    public static final long FILE_BYTES_MAX = 1_000_000_000;

    /** Pixels; the resampler takes some ten seconds for so many. */
    public static final long PIXELS_MAX = 1_000_000_000;

    /** 25 MB and 100 megapixels. */
    public static final PictureCaps DEFAULT =
            new PictureCaps(PictureLimits.FILE_BYTES, PictureLimits.PIXELS);

    public PictureCaps {
        if (fileBytes < 1 || fileBytes > FILE_BYTES_MAX || pixels < 1 || pixels > PIXELS_MAX) {
            throw new IllegalArgumentException(
                    "at most %,d bytes and %,d pixels of a picture are out of range 1 to %,d and %,d"
                            .formatted(fileBytes, pixels, FILE_BYTES_MAX, PIXELS_MAX));
        }
    }
}
