package dev.snug.vision.keras;

import dev.snug.vision.keras.file.Settings;

import java.util.List;

/**
 * A Functional or Sequential model as its configuration describes it.
 *
 * @param sequential whether each layer reads the one before; then inputs and outputs are empty
 */
record ModelSpec(
        boolean sequential,
        Settings settings,
        List<LayerSpec> layers,
        List<TensorRef> inputs,
        List<TensorRef> outputs) {
    ModelSpec {
        layers = List.copyOf(layers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
