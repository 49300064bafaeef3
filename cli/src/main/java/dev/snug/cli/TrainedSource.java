package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.aligned.AlignedImport;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** The import of a small voice that {@code training/} exported. */
final class TrainedSource {
    private TrainedSource() {}

    /** Imports {@code source} and returns its name in the store. */
    static String run(
            Path source,
            String name,
            @Nullable String licence,
            BundleStore store,
            ProgressLine progress) {
        return AlignedImport.run(
                        new AlignedImport.Request(source, name, licence),
                        store,
                        Version.PROGRAM,
                        progress::step)
                .manifest()
                .name();
    }
}
