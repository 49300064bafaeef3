package dev.snug.speech.aligned;

import static dev.snug.speech.f5.TransformerSizes.CHANNELS_MOST;
import static dev.snug.speech.f5.TransformerSizes.size;

import dev.snug.onnx.Shape;
import dev.snug.runtime.json.Fields;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.f5.TransformerSizes;
import dev.snug.speech.f5.Weights;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.text.Vocabulary;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of an aligned checkpoint.
 *
 * @param patch frames that are one token of the transformer, 1 to {@link #PATCH_MOST}
 * @param text channels of the text features
 * @param tokens rows of the token table: the vocabulary and nothing, which is row 0
 */
record AlignedSizes(TransformerSizes transformer, int patch, int text, int tokens) {
    /** Frames; at eight, 85 ms, a token would hold two sounds. */
    static final int PATCH_MOST = 8;

    /**
     * The sizes of {@code velocity} and {@code text}.
     *
     * @param patch what the checkpoint's settings say of it
     * @throws CheckpointException when they do not fit together or a limit
     */
    static AlignedSizes of(Weights velocity, Weights text, int patch) {
        Shape table = text.shape("embed.weight", 2);
        TransformerSizes.requireChannels(text, table);
        TransformerSizes transformer = TransformerSizes.of(velocity);
        long out = velocity.shape("proj_out.weight", 2).size(0);
        if (out != (long) patch * LogMel.BANDS) {
            throw new CheckpointException(
                    "%s makes %d values a token; its settings say %d frames a token, of %d bands each"
                            .formatted(velocity.where(), out, patch, LogMel.BANDS));
        }
        if (table.size(0) > Vocabulary.LINES_MAX + 1) {
            throw new CheckpointException(
                    "%s has %d rows of tokens; at most %d are allowed"
                            .formatted(text.where(), table.size(0), Vocabulary.LINES_MAX + 1));
        }
        return new AlignedSizes(transformer, patch, (int) table.size(1), (int) table.size(0));
    }

    /** The sizes among the properties of a layout; {@link #toJson} writes them. */
    static AlignedSizes read(Fields fields) {
        return new AlignedSizes(
                TransformerSizes.read(fields),
                size(fields, "patch", PATCH_MOST),
                size(fields, "text_dim", CHANNELS_MOST),
                size(fields, "tokens", Vocabulary.LINES_MAX + 1));
    }

    Map<String, Object> toJson() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        transformer.put(numbers);
        numbers.put("patch", patch);
        numbers.put("text_dim", text);
        numbers.put("tokens", tokens);
        return numbers;
    }

    /** Tokens of the transformer for {@code frames} frames. */
    int patches(int frames) {
        return Math.ceilDiv(frames, patch);
    }
}
