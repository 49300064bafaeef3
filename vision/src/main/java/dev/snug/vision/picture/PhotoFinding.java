package dev.snug.vision.picture;

/**
 * Something that may be wrong with a photo, and by how much.
 *
 * @param concern what it is
 * @param measured the figure that says so, in the unit of the concern
 * @param threshold what it should at least have been, for {@link Concern#TOO_DARK} at most
 */
public record PhotoFinding(Concern concern, double measured, double threshold) {
    /** What may be wrong. */
    public enum Concern {
        /** Pixels of the shorter side. */
        TOO_SMALL,
        /** Share of pixels that are nearly black, 0 to 1. */
        TOO_DARK,
        /** Spread of the edges as a share of the mean luma, 0 or more. */
        BLURRED,
        /** Share of pixels with a colour that skin has, 0 to 1. */
        NOT_SKIN
    }
}
