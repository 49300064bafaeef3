package dev.snug.speech.synth;

import dev.snug.onnx.Shape;
import dev.snug.onnx.format.RandomElements;

/** The values that the weights of a network have before training. */
final class InitialWeights {
    /** How far weights of 1 and biases of 0 are off, so that no two are exchangeable. */
    static final float SMALL = 0.02f;

    private InitialWeights() {}

    /**
     * What PyTorch starts the weight {@code name} with: evenly within 1/√(inputs of one output), so
     * that activations keep their size through any depth. Norms start at 1 and what is added at 0.
     */
    static RandomElements of(long seed, String name, Shape shape) {
        if (name.endsWith("norm.weight")) {
            return RandomElements.of(seed, name, 1, SMALL);
        }
        if (name.endsWith(".bias") || name.contains(".grn.")) {
            return RandomElements.of(seed, name, 0, SMALL);
        }
        if (name.endsWith("text_embed.weight")) {
            return RandomElements.of(seed, name, 0, 1);
        }
        long[] sizes = shape.sizes();
        double inputs = 1;
        for (int i = 1; i < sizes.length; i++) {
            inputs *= sizes[i];
        }
        return RandomElements.of(seed, name, 0, (float) (1 / Math.sqrt(inputs)));
    }
}
