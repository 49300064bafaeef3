package dev.snug.vision.keras;

import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.KerasException;

import java.nio.file.Path;

/**
 * A {@code .keras} file opened for import. Graphs made from it hold its mapped weights: write or
 * run them before it is closed. Not for several threads at once.
 */
public final class KerasModel implements AutoCloseable {
    private final Path file;
    private final KerasArchive archive;
    private final WeightStore store;
    private final CallGraph calls;

    KerasModel(Path file, KerasArchive archive) {
        this.file = file;
        this.archive = archive;
        this.calls = CallGraph.of(ConfigReader.read(archive.config()));
        this.store = new WeightStore(archive.tensorFile());
    }

    /** The version of Keras that saved the file, such as {@code 3.15.1}. */
    public String kerasVersion() {
        return archive.kerasVersion();
    }

    /**
     * The model as a graph of standard operators. Equal weights of several graphs are the same
     * tensors.
     *
     * @throws KerasException when a layer, its settings or its weights are not supported, with its
     *     path; or when the picture size asked for does not fit
     */
    public ImportedModel toOnnx(KerasImportOptions options) {
        try {
            return new Emission(archive, store, calls, options).run();
        } catch (KerasException e) {
            String size =
                    options.pictureSize()
                            .map("with pictures of %s instead of its own size, "::formatted)
                            .orElse("");
            throw new KerasException(
                    "%s cannot be imported: %s%s".formatted(file, size, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        store.close();
        archive.close();
    }
}
