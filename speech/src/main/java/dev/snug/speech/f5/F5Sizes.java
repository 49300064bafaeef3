package dev.snug.speech.f5;

import dev.snug.onnx.Shape;
import dev.snug.speech.safetensors.CheckpointException;

/**
 * The sizes of an F5-TTS checkpoint, read off its weights.
 *
 * @param mel mel bands of a frame
 * @param textDim channels of the text embedding
 * @param textBlocks ConvNeXt blocks of the text embedding
 * @param tokens rows of the token table: the vocabulary and one filler, which is row 0
 */
public record F5Sizes(
        TransformerSizes transformer, int mel, int textDim, int textBlocks, int tokens) {
    /**
     * The sizes of the checkpoint with {@code weights}.
     *
     * @throws CheckpointException when a weight that tells a size is missing or of another rank
     */
    static F5Sizes of(Weights weights) {
        TransformerSizes transformer = TransformerSizes.of(weights);
        Shape table = weights.shape("text_embed.text_embed.weight", 2);
        int textBlocks =
                weights.count(
                        "text_embed.text_blocks.", ".dwconv.weight", TransformerSizes.BLOCKS_MOST);
        if (textBlocks == 0) {
            throw new CheckpointException(weights.where() + " has no text blocks");
        }
        TransformerSizes.requireChannels(weights, table);
        return new F5Sizes(
                transformer,
                (int) weights.shape("proj_out.weight", 2).size(0),
                (int) table.size(1),
                textBlocks,
                (int) table.size(0));
    }
}
