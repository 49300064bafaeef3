package dev.snug.vision.picture;

/**
 * How a picture was decoded that was too large to be decoded whole.
 *
 * @param factor 2, 4 or 8: each pixel is the mean of a box of so many pixels by so many
 * @param width pixels of a row, upright, as decoded
 * @param height rows as decoded
 * @param fullWidth pixels of a row in the file, upright
 * @param fullHeight rows in the file
 */
public record Reduction(int factor, int width, int height, int fullWidth, int fullHeight) {
    /** Such as {@code 1/4, 1500 x 1000 of 6000 x 4000 pixels}. */
    public String words() {
        return "1/%d, %d x %d of %d x %d pixels"
                .formatted(factor, width, height, fullWidth, fullHeight);
    }
}
