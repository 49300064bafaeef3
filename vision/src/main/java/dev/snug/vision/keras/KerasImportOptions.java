package dev.snug.vision.keras;

import java.util.Optional;
import java.util.Set;

/**
 * How a Keras model is turned into a graph.
 *
 * @param pictureSize the size of every picture input in place of the model's own
 * @param keepUnfused paths of convolutions whose batch norm stays a step of its own, so that their
 *     raw output is a value of the graph
 */
public record KerasImportOptions(Optional<PictureSize> pictureSize, Set<String> keepUnfused) {
    /** The model's own size, every batch norm folded where it can be. */
    public static final KerasImportOptions DEFAULT =
            new KerasImportOptions(Optional.empty(), Set.of());

    public KerasImportOptions {
        keepUnfused = Set.copyOf(keepUnfused);
    }

    /** The same with another picture size. */
    public KerasImportOptions withPictureSize(PictureSize size) {
        return new KerasImportOptions(Optional.of(size), keepUnfused);
    }

    /** The same with the batch norms after these convolutions kept. */
    public KerasImportOptions withKeepUnfused(String... paths) {
        return new KerasImportOptions(pictureSize, Set.of(paths));
    }
}
