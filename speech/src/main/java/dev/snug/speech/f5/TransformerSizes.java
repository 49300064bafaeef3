package dev.snug.speech.f5;

import dev.snug.onnx.Shape;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.safetensors.CheckpointException;

import java.util.Map;

/**
 * The sizes of a transformer with the blocks of F5-TTS, read off its weights.
 *
 * @param dim channels of the transformer
 * @param depth transformer blocks
 * @param heads attention heads of {@link #HEAD_CHANNELS} channels each
 */
public record TransformerSizes(int dim, int depth, int heads) {
    /** Channels of an attention head in every published configuration; no weight tells it. */
    public static final int HEAD_CHANNELS = 64;

    /** Values of the sinusoid that stands for a time. */
    public static final int TIME_CHANNELS = 256;

    /** Shift, scale and gate before attention, and the same before the feed-forward part. */
    static final int ROWS_PER_BLOCK = 6;

    /** Scale and shift before the last projection. */
    static final int ROWS_LAST = 2;

    /** Channels of one value, so that the counts made of them stay far below 2³¹. */
    public static final int CHANNELS_MOST = 1 << 16;

    /** Blocks of one kind; F5-TTS base has 22. */
    public static final int BLOCKS_MOST = 1000;

    /**
     * The sizes of the transformer in {@code weights}.
     *
     * @throws CheckpointException when a weight that tells a size is missing or of another rank
     */
    public static TransformerSizes of(Weights weights) {
        Shape projection = weights.shape("proj_out.weight", 2);
        requireChannels(weights, projection);
        int depth = weights.count("transformer_blocks.", ".attn.to_q.weight", BLOCKS_MOST);
        if (depth == 0) {
            throw new CheckpointException(weights.where() + " has no transformer blocks");
        }
        long inner = weights.shape("transformer_blocks.0.attn.to_q.weight", 2).size(0);
        if (inner % HEAD_CHANNELS != 0) {
            throw new CheckpointException(
                    "%s: attention has %d channels, not heads of %d"
                            .formatted(weights.where(), inner, HEAD_CHANNELS));
        }
        return new TransformerSizes((int) projection.size(1), depth, (int) inner / HEAD_CHANNELS);
    }

    /** Checks that no side of a matrix is beyond {@link #CHANNELS_MOST}. */
    public static void requireChannels(Weights weights, Shape matrix) {
        if (Math.max(matrix.size(0), matrix.size(1)) > CHANNELS_MOST) {
            throw new CheckpointException(
                    "%s: a weight of %s has more than %d channels"
                            .formatted(weights.where(), matrix, CHANNELS_MOST));
        }
    }

    /** The sizes among the properties of a layout, by the keys of {@link #put}. */
    public static TransformerSizes read(Fields fields) {
        return new TransformerSizes(
                size(fields, "dim", CHANNELS_MOST),
                size(fields, "depth", BLOCKS_MOST),
                size(fields, "heads", BLOCKS_MOST));
    }

    /**
     * A size of a layout, 1 to {@code most}.
     *
     * @throws JsonException when it is out of range
     */
    public static int size(Fields fields, String key, int most) {
        long size = fields.whole(key);
        if (size < 1 || size > most) {
            throw new JsonException("%s = %d is out of range 1 to %d".formatted(key, size, most));
        }
        return (int) size;
    }

    /** Adds the sizes to the properties of a layout. */
    public void put(Map<String, Object> properties) {
        properties.put("dim", dim);
        properties.put("depth", depth);
        properties.put("heads", heads);
    }

    /** Values that one time step gives the velocity graph: rows of {@code dim} values. */
    public int modulationValues() {
        return (ROWS_PER_BLOCK * depth + ROWS_LAST) * dim;
    }
}
