package dev.snug.vision.picture;

/**
 * When pictures are decoded reduced, as with Pillow's {@code reducing_gap=3}: by the largest power
 * of two that leaves both sides at least {@value #GAP} times as long as the model's input, so that
 * the antialiasing resampler that follows still sees more than it keeps.
 *
 * @param inputSide longer side of the model's input in pixels; 0 where pictures are never reduced
 * @param isPlanned whether every picture that is large enough is; else only what does not fit whole
 * @param samples that are kept of one that is
 */
public record Reducing(int inputSide, boolean isPlanned, Samples samples) {
    /** Always whole, or not at all. */
    public static final Reducing NEVER = new Reducing(0, false);

    /** Times the model's input. */
    public static final int GAP = 3;

    /** More would save little: at 8 the sums of a row take as much as the pixels. */
    static final int FACTOR_MAX = 8;

    public Reducing {
        if (inputSide < 0 || inputSide > Resampler.SIDE_PIXELS) {
            throw new IllegalArgumentException(
                    "a model input of %d pixels is out of range 0 to %d"
                            .formatted(inputSide, Resampler.SIDE_PIXELS));
        }
    }

    /** For a model whose resampler takes in all pixels. */
    public Reducing(int inputSide, boolean isPlanned) {
        this(inputSide, isPlanned, Samples.NONE);
    }

    /** The same for a model whose resampler reads {@code kept} only. */
    public Reducing withSamples(Samples kept) {
        return new Reducing(inputSide, isPlanned, kept);
    }

    /** The factor for a picture: 1, 2, 4 or 8. */
    int factor(PictureNeed need) {
        if (inputSide == 0 || !need.isStreamed()) {
            return 1;
        }
        long shorter = Math.min(need.width(), need.height());
        int factor = FACTOR_MAX;
        while (factor > 1 && shorter / factor < (long) GAP * inputSide) {
            factor /= 2;
        }
        return factor;
    }
}
