package dev.snug.vision.keras;

import java.util.List;

/**
 * One call of one layer in the flattened model: nested models are gone.
 *
 * @param inputs numbers of the values it reads
 * @param output number of the value it makes
 */
record Call(LayerSpec layer, List<Integer> inputs, int output) {
    Call {
        inputs = List.copyOf(inputs);
    }

    boolean is(String className) {
        return layer.className().equals(className);
    }
}
