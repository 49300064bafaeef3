package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** Fills the folder of a model that is being installed. */
@FunctionalInterface
public interface BundleWriter {
    /**
     * Writes the model's files, plain regular files without sub-folders, into {@code folder}, which
     * is empty and which nobody else sees.
     *
     * @return the manifest as a draft: its {@link Manifest#files} may be empty. The store lists,
     *     measures and hashes what was written; a file that the draft lists must turn out as listed
     */
    Manifest write(Path folder) throws IOException;
}
