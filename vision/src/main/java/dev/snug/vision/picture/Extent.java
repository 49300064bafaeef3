package dev.snug.vision.picture;

/**
 * Where a picture lies along one axis, in its own pixels: a reduced one need not end, or where it
 * was mirrored begin, with a whole pixel.
 *
 * @param pixels there are
 * @param start of the picture, 0 or less than 1 pixel behind it
 * @param length of the picture from there
 */
record Extent(int pixels, double start, double length) {
    /** Whole pixels only. */
    static Extent whole(int pixels) {
        return new Extent(pixels, 0, pixels);
    }
}
