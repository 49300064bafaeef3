package dev.snug.speech.synth;

/**
 * The sizes of an F5-TTS network and its vocoder; a head has 64 values.
 *
 * @param dim values of a frame inside the transformer, a multiple of 16
 * @param depth blocks of the transformer
 * @param heads of its attention
 * @param feedForward how many times {@code dim} the middle of a block has
 * @param textDim values of a token, even
 * @param textBlocks blocks of the text embedding
 * @param tokens lines of the vocabulary
 * @param vocosDim values of a frame inside the vocoder
 * @param vocosInner values in the middle of its blocks
 * @param vocosBlocks its blocks
 */
public record Size(
        int dim,
        int depth,
        int heads,
        int feedForward,
        int textDim,
        int textBlocks,
        int tokens,
        int vocosDim,
        int vocosInner,
        int vocosBlocks) {
    /** F5TTS_v1_Base with vocos-mel-24khz. */
    public static final Size BASE = new Size(1024, 22, 16, 2, 512, 4, 2545, 512, 1536, 8);

    /** Values of one attention head. */
    static final int HEAD = 64;

    /** Groups of the convolutions that tell frames their place. */
    static final int GROUPS = 16;

    /** Far above any F5-TTS; it keeps the largest matrix below 2 GiB. */
    private static final int VALUES_MAX = 8192;

    private static final int BLOCKS_MAX = 100;
    private static final int TOKENS_MAX = 60_000;

    public Size {
        requireWithin("dim", dim, GROUPS, VALUES_MAX);
        requireWithin("depth", depth, 1, BLOCKS_MAX);
        requireWithin("heads", heads, 1, VALUES_MAX / HEAD);
        requireWithin("feedForward", feedForward, 1, 4);
        requireWithin("textDim", textDim, 2, VALUES_MAX);
        requireWithin("textBlocks", textBlocks, 1, BLOCKS_MAX);
        requireWithin("tokens", tokens, 1, TOKENS_MAX);
        requireWithin("vocosDim", vocosDim, 1, VALUES_MAX);
        requireWithin("vocosInner", vocosInner, 1, VALUES_MAX);
        requireWithin("vocosBlocks", vocosBlocks, 1, BLOCKS_MAX);
        if (dim % GROUPS != 0 || textDim % 2 != 0) {
            throw new IllegalArgumentException(
                    "dim is a multiple of %d and textDim even, not %d and %d"
                            .formatted(GROUPS, dim, textDim));
        }
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d to %d, not %d".formatted(name, least, most, value));
        }
    }

    /** Values of all heads of a frame. */
    int inner() {
        return heads * HEAD;
    }

    /** Values in the middle of a block of the transformer. */
    int middle() {
        return feedForward * dim;
    }
}
