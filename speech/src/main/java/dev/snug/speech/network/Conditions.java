package dev.snug.speech.network;

import dev.snug.onnx.Tensor;

import java.util.Map;

/**
 * The inputs of a velocity graph that stay the same over all steps of a chunk.
 *
 * @param frames mel frames of reference and chunk together
 * @param conditional for the branch that knows reference and text, by input name
 * @param unconditional for the branch that knows neither
 */
public record Conditions(
        int frames, Map<String, Tensor> conditional, Map<String, Tensor> unconditional) {
    public Conditions {
        conditional = Map.copyOf(conditional);
        unconditional = Map.copyOf(unconditional);
    }
}
