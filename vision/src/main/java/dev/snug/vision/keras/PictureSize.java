package dev.snug.vision.keras;

/** Height and width of a picture in pixels, each 1 to 8192. */
public record PictureSize(int height, int width) {
    /** Four times the larger side of the largest classifier's input. */
    private static final int LIMIT_PIXELS = 8192;

    public PictureSize {
        if (Math.min(height, width) < 1 || Math.max(height, width) > LIMIT_PIXELS) {
            throw new IllegalArgumentException(
                    "a picture size of %d×%d; each side must be 1 to %d"
                            .formatted(height, width, LIMIT_PIXELS));
        }
    }

    /** The size of a square picture. */
    public static PictureSize square(int side) {
        return new PictureSize(side, side);
    }

    @Override
    public String toString() {
        return height + "×" + width;
    }
}
