package dev.snug.vision.picture;

/**
 * A way to bring a picture to a model's input size: float32 [height, width, 3], R G B, 0 to 255,
 * row-major. The picture is read in bands of rows and stretched to the given shape, as Keras
 * preprocessing does.
 */
@FunctionalInterface
public interface Resampler {
    /**
     * Pixels; no published picture classifier takes a larger side than about 1,000, and a wrong
     * manifest must not ask for gigabytes.
     */
    int SIDE_PIXELS = 2048;

    /**
     * The picture at the given size.
     *
     * @throws IllegalArgumentException when a side is not within 1 to {@link #SIDE_PIXELS}
     */
    float[] resize(Picture picture, int width, int height);

    /** Pillow's antialiased LANCZOS, whole levels only. */
    static Resampler lanczos() {
        return new LanczosResampler();
    }

    /** TensorFlow's bilinear: half-pixel centres, no antialiasing. */
    static Resampler bilinear() {
        return new BilinearResampler();
    }

    /**
     * The most bytes of Java arrays that a picture at the given size takes while it is made: its
     * levels, and where the picture is enlarged as much again of lines that are not complete.
     */
    static long bytes(int width, int height) {
        return 2L * Picture.CHANNELS * Float.BYTES * width * height;
    }

    /** Throws where a size is out of range. */
    static void checkSize(int width, int height) {
        if (Math.min(width, height) < 1 || Math.max(width, height) > SIDE_PIXELS) {
            throw new IllegalArgumentException(
                    "a model input of %d x %d is out of range 1 to %d"
                            .formatted(width, height, SIDE_PIXELS));
        }
    }
}
