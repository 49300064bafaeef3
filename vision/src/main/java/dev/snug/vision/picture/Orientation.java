package dev.snug.vision.picture;

/**
 * How stored rows are turned to be seen upright: one of the eight values of EXIF tag 0x0112 (CIPA
 * DC-008, 4.6.4 A). Each is an optional swap of the axes followed by optional mirrors.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    HALF_TURN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    CLOCKWISE(true, true, false),
    TRANSVERSED(true, true, true),
    ANTICLOCKWISE(true, false, true);

    /** Stored columns are seen as rows. */
    final boolean swapsAxes;

    /** The seen picture runs against the stored one from left to right. */
    final boolean reversesX;

    /** The seen picture runs against the stored one from top to bottom. */
    final boolean reversesY;

    private static final Orientation[] BY_TAG = values();

    Orientation(boolean swapsAxes, boolean reversesX, boolean reversesY) {
        this.swapsAxes = swapsAxes;
        this.reversesX = reversesX;
        this.reversesY = reversesY;
    }

    /**
     * The orientation of a tag value; a value outside 1 to 8 means none, as other readers take it.
     */
    static Orientation ofTag(int value) {
        return value >= 1 && value <= BY_TAG.length ? BY_TAG[value - 1] : UPRIGHT;
    }
}
