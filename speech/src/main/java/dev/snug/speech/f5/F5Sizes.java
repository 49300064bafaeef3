package dev.snug.speech.f5;

import dev.snug.onnx.Shape;
import dev.snug.speech.safetensors.CheckpointException;

/**
 * The sizes of an F5-TTS transformer, read off its weights.
 *
 * @param dim channels of the transformer
 * @param depth transformer blocks
 * @param heads attention heads of {@link #HEAD_CHANNELS} channels each
 * @param mel mel bands of a frame
 * @param textDim channels of the text embedding
 * @param textBlocks ConvNeXt blocks of the text embedding
 * @param tokens rows of the token table: the vocabulary and one filler, which is row 0
 */
public record F5Sizes(
        int dim, int depth, int heads, int mel, int textDim, int textBlocks, int tokens) {
    /** Channels of an attention head in every published configuration; no weight tells it. */
    public static final int HEAD_CHANNELS = 64;

    /** Values of the sinusoid that stands for a time. */
    public static final int TIME_CHANNELS = 256;

    /** Shift, scale and gate before attention, and the same before the feed-forward part. */
    static final int ROWS_PER_BLOCK = 6;

    /** Scale and shift before the last projection. */
    static final int ROWS_LAST = 2;

    /** Channels of one value, so that the counts made of them stay far below 2³¹. */
    static final int CHANNELS_MOST = 1 << 16;

    /** Blocks of one kind; F5-TTS base has 22. */
    static final int BLOCKS_MOST = 1000;

    /**
     * The sizes of the transformer in {@code weights}.
     *
     * @throws CheckpointException when a weight that tells a size is missing or of another rank
     */
    static F5Sizes of(Weights weights) {
        Shape projection = weights.shape("proj_out.weight", 2);
        Shape table = weights.shape("text_embed.text_embed.weight", 2);
        int depth = weights.count("transformer_blocks.", ".attn.to_q.weight", BLOCKS_MOST);
        int textBlocks = weights.count("text_embed.text_blocks.", ".dwconv.weight", BLOCKS_MOST);
        if (depth == 0 || textBlocks == 0) {
            throw new CheckpointException(
                    weights.where() + " has no transformer blocks or no text blocks");
        }
        long inner = weights.shape("transformer_blocks.0.attn.to_q.weight", 2).size(0);
        if (inner == 0 || inner % HEAD_CHANNELS != 0) {
            throw new CheckpointException(
                    "%s: attention has %d channels, not heads of %d"
                            .formatted(weights.where(), inner, HEAD_CHANNELS));
        }
        if (Math.max(projection.size(0), projection.size(1)) > CHANNELS_MOST
                || table.size(1) > CHANNELS_MOST) {
            throw new CheckpointException(
                    "%s: weights of %s and %s have more than %d channels"
                            .formatted(weights.where(), projection, table, CHANNELS_MOST));
        }
        return new F5Sizes(
                (int) projection.size(1),
                depth,
                (int) inner / HEAD_CHANNELS,
                (int) projection.size(0),
                (int) table.size(1),
                textBlocks,
                (int) table.size(0));
    }

    /** Values that one time step gives the velocity graph: rows of {@code dim} values. */
    public int modulationValues() {
        return (ROWS_PER_BLOCK * depth + ROWS_LAST) * dim;
    }
}
