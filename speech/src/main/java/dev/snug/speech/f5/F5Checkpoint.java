package dev.snug.speech.f5;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.TensorFile;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * An F5-TTS checkpoint as graphs. Weights stay in the mapped checkpoint or, transposed, in a mapped
 * temporary file; the heap holds the graphs only.
 *
 * @param text the text embedding, {@link TextGraph}
 * @param velocity one branch at one step, {@link VelocityGraph}
 * @param steps what a schedule makes of the times, {@link StepGraph}
 */
public record F5Checkpoint(
        F5Sizes sizes, F5Version version, Model text, Model velocity, Model steps) {
    /** The averaged weights of official checkpoints, then those of pruned ones. */
    private static final List<String> PREFIXES = List.of("ema_model.transformer.", "transformer.");

    /** Frequencies that follow from the sizes. */
    private static final String FREQUENCIES = "rotary_embed.inv_freq";

    /** The blocks of E2-TTS, whose input has the names of F5-TTS. */
    private static final String OTHER_BLOCKS = "layers.";

    /** A weight that every checkpoint of F5-TTS has. */
    private static final String SIGN = "input_embed.proj.weight";

    /**
     * The graphs of {@code checkpoint}, usable as long as it and the tensors of {@code made} are.
     *
     * @throws CheckpointException when a weight is missing, unknown or of another shape
     */
    public static F5Checkpoint read(SafeTensors checkpoint, F5Version version, TensorFile made) {
        return read(weights(checkpoint, made, _ -> {}), version);
    }

    static F5Checkpoint read(Weights weights, F5Version version) {
        F5Sizes sizes = F5Sizes.of(weights);
        F5Checkpoint read =
                new F5Checkpoint(
                        sizes,
                        version,
                        TextGraph.model(weights, sizes, version),
                        VelocityGraph.model(weights, sizes, version),
                        StepGraph.model(weights, sizes.transformer()));
        weights.requireNothingLeft(FREQUENCIES::equals);
        return read;
    }

    /**
     * The weights of the transformer in {@code checkpoint}, by names without what stands before.
     *
     * @param progress told how many bytes of them were asked for so far
     * @throws CheckpointException when it is not a transformer of F5-TTS
     */
    static Weights weights(SafeTensors checkpoint, TensorFile made, LongConsumer progress) {
        String prefix = prefix(checkpoint);
        if (checkpoint.tensors().keySet().stream()
                .anyMatch(name -> name.startsWith(prefix + OTHER_BLOCKS))) {
            throw new CheckpointException(
                    checkpoint.name()
                            + " is a checkpoint of E2-TTS (UNetT); Snug runs those of F5-TTS"
                            + " (DiT)");
        }
        return new Weights(checkpoint, prefix, made, progress);
    }

    private static String prefix(SafeTensors checkpoint) {
        for (String prefix : PREFIXES) {
            if (checkpoint.tensors().containsKey(prefix + SIGN)) {
                return prefix;
            }
        }
        throw new CheckpointException(
                "%s has no weight %s behind any of %s; it is not an F5-TTS checkpoint"
                        .formatted(checkpoint.name(), SIGN, PREFIXES));
    }
}
