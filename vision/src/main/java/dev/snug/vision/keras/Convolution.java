package dev.snug.vision.keras;

/**
 * A convolution of an imported model: what a heat map can look at.
 *
 * @param path names of the models around the layer and its own, such as {@code backbone/top_conv}
 * @param call which call of a shared layer, from 0
 * @param raw name of its output value [1,channels,height,width] before batch norm and activation;
 *     for a separable convolution the pointwise one's
 * @param activated name of the layer's own output: the same as {@code raw} unless the layer has a
 *     built-in activation
 * @param folded whether the batch norm after it is part of its weights: then {@code raw} is what
 *     comes out of that batch norm
 */
public record Convolution(
        String path,
        int call,
        String raw,
        String activated,
        long channels,
        long height,
        long width,
        boolean folded) {
    /** Whether its output has more than one place, so that a map over it says something. */
    public boolean isSpatial() {
        return height * width > 1;
    }
}
