package dev.snug.speech.aligned;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.TensorFile;
import dev.snug.speech.f5.StepGraph;
import dev.snug.speech.f5.Weights;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

/**
 * An aligned checkpoint as graphs. Weights stay in the mapped checkpoint or, transposed, in a
 * mapped temporary file.
 *
 * @param durations how long tokens last, {@link DurationsGraph}
 * @param text aligned text to features, {@link FeaturesGraph}
 * @param velocity one branch at one step, {@link PatchGraph}
 * @param steps what a schedule makes of the times, {@link StepGraph}
 */
record AlignedCheckpoint(
        AlignedSizes sizes, Model durations, Model text, Model velocity, Model steps) {
    private static final String DURATIONS = "durations.";
    private static final String TEXT = "text.";

    /**
     * The graphs of {@code checkpoint}, usable as long as it and the tensors of {@code made} are.
     *
     * @param patch frames that are one token of the transformer
     * @throws CheckpointException when a weight is missing, unknown or of another shape
     */
    static AlignedCheckpoint read(SafeTensors checkpoint, int patch, TensorFile made) {
        Weights durations = new Weights(checkpoint, DURATIONS, made);
        Weights text = new Weights(checkpoint, TEXT, made);
        Weights velocity = new Weights(checkpoint, "", made);
        AlignedSizes sizes = AlignedSizes.of(velocity, text, patch);
        AlignedCheckpoint read =
                new AlignedCheckpoint(
                        sizes,
                        DurationsGraph.model(durations, sizes),
                        FeaturesGraph.model(text, sizes),
                        PatchGraph.model(velocity, sizes),
                        StepGraph.model(velocity, sizes.transformer()));
        durations.requireNothingLeft(_ -> false);
        text.requireNothingLeft(_ -> false);
        velocity.requireNothingLeft(name -> name.startsWith(DURATIONS) || name.startsWith(TEXT));
        return read;
    }
}
