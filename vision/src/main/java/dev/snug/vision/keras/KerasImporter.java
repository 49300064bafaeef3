package dev.snug.vision.keras;

import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.KerasException;

import java.nio.file.Path;

/**
 * Reads {@code .keras} files (Keras 3) without Python and without taking the weights into the heap:
 * an 86 MB model is imported in a heap of 64 MB.
 */
public final class KerasImporter {
    private KerasImporter() {}

    /**
     * Opens {@code kerasFile} with the system's folder for temporary files as work folder.
     *
     * @throws KerasException when it cannot be imported
     */
    public static KerasModel read(Path kerasFile) {
        return read(kerasFile, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Opens {@code kerasFile}.
     *
     * @param workFolder takes unnamed files for the time of the import, about twice the model's
     *     size; not a folder in memory
     * @throws KerasException when it cannot be imported
     */
    public static KerasModel read(Path kerasFile, Path workFolder) {
        KerasArchive archive = KerasArchive.open(kerasFile, workFolder);
        try {
            return new KerasModel(kerasFile, archive);
        } catch (KerasException e) {
            archive.close();
            throw new KerasException(kerasFile + " cannot be imported: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            archive.close();
            throw e;
        }
    }
}
