package dev.snug.vision.keras;

import dev.snug.vision.keras.file.Settings;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One layer of a Keras model as its configuration describes it.
 *
 * @param className such as {@code Conv2D}
 * @param path names of the models around it and its own, such as {@code backbone/conv1}
 * @param weights where its weights lie, such as {@code layers/functional/layers/conv2d}
 * @param model what a nested {@code Functional} or {@code Sequential} consists of, else null
 * @param calls the inputs of each call; shared layers have several, in a Sequential there is none
 */
record LayerSpec(
        String className,
        String name,
        String path,
        String weights,
        Settings settings,
        @Nullable ModelSpec model,
        List<List<TensorRef>> calls) {
    static final String INPUT = "InputLayer";

    LayerSpec {
        calls = List.copyOf(calls);
    }
}
