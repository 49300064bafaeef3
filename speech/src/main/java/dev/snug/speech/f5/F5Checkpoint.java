package dev.snug.speech.f5;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

import java.util.List;
import java.util.Map;

/**
 * An F5-TTS checkpoint as graphs: text embedding, velocity and step table. Weights stay in the
 * mapped checkpoint or, transposed, in a mapped temporary file; the heap holds the graphs only.
 */
public final class F5Checkpoint {
    /** The averaged weights of official checkpoints, then those of pruned ones. */
    private static final List<String> PREFIXES = List.of("ema_model.transformer.", "transformer.");

    /** Frequencies that follow from the sizes. */
    private static final String FREQUENCIES = "rotary_embed.inv_freq";

    private final F5Sizes sizes;
    private final F5Version version;
    private final Model text;
    private final Model velocity;
    private final Model steps;

    private F5Checkpoint(
            F5Sizes sizes, F5Version version, Model text, Model velocity, Model steps) {
        this.sizes = sizes;
        this.version = version;
        this.text = text;
        this.velocity = velocity;
        this.steps = steps;
    }

    /**
     * The graphs of {@code checkpoint}, usable as long as it and the tensors of {@code made} are.
     *
     * @throws CheckpointException when a weight is missing, unknown or of another shape
     */
    public static F5Checkpoint read(SafeTensors checkpoint, F5Version version, TensorFile made) {
        Weights weights = new Weights(checkpoint, prefix(checkpoint), made);
        F5Sizes sizes = F5Sizes.of(weights);
        F5Checkpoint read =
                new F5Checkpoint(
                        sizes,
                        version,
                        TextGraph.model(weights, sizes, version),
                        VelocityGraph.model(weights, sizes, version),
                        StepGraph.model(weights, sizes));
        weights.requireNothingLeft(FREQUENCIES::equals);
        return read;
    }

    private static String prefix(SafeTensors checkpoint) {
        return PREFIXES.stream()
                .filter(
                        prefix ->
                                checkpoint
                                        .tensors()
                                        .containsKey(prefix + "input_embed.proj.weight"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CheckpointException(
                                        checkpoint.name()
                                                + " has no weight input_embed.proj.weight behind"
                                                + " any of "
                                                + PREFIXES
                                                + "; it is not an F5-TTS checkpoint"));
    }

    public F5Sizes sizes() {
        return sizes;
    }

    public F5Version version() {
        return version;
    }

    /** The graph of {@link #textInputs}; output {@code text} [1, frames, textDim]. */
    public Model text() {
        return text;
    }

    /**
     * The graph of {@link #velocityInputs} together with {@code x}, {@code mel}, {@code text} and
     * {@code modulation}; output {@code velocity} [1, frames, mel].
     */
    public Model velocity() {
        return velocity;
    }

    /** The graph of {@link #stepInputs}; output {@code table}, a row for each step. */
    public Model steps() {
        return steps;
    }

    /**
     * The inputs of the text graph.
     *
     * @param ids lines of the vocabulary, 0 the first; what exceeds the frames is cut off
     * @param dropped for the unconditional branch
     * @throws IllegalArgumentException when an id is not in the vocabulary
     */
    public Map<String, Tensor> textInputs(int[] ids, int frames, boolean dropped) {
        return TextGraph.inputs(sizes, version, ids, frames, dropped);
    }

    /** The inputs of the step graph for the beginnings of the steps, 0 to 1. */
    public Map<String, Tensor> stepInputs(float... times) {
        return Map.of(StepGraph.SINUSOIDS, StepGraph.sinusoids(times));
    }

    /** The input {@code modulation} of the velocity graph at {@code step}. */
    public Tensor modulation(Tensor table, int step) {
        return StepGraph.row(table, step);
    }

    /** The inputs of the velocity graph that depend on the number of frames alone. */
    public Map<String, Tensor> velocityInputs(int frames) {
        Rotation rotation = Rotation.of(frames);
        return Map.of(
                VelocityGraph.COSINES, rotation.cosines(), VelocityGraph.SINES, rotation.sines());
    }
}
