package dev.snug.vision.keras;

/** How the calls of one layer class become operators. */
@FunctionalInterface
interface LayerRule {
    /**
     * Adds the operators of {@code call} to its graph and returns what they make.
     *
     * @throws dev.snug.vision.keras.file.KerasException when a setting is not supported
     */
    Value emit(LayerCall call);
}
