package dev.snug.speech.f5;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;

import java.nio.file.Path;

/** Roles of the graphs that Snug makes of a checkpoint, which are also the names of their files. */
public final class BundleGraphs {
    public static final String TEXT = "text";
    public static final String VELOCITY = "velocity";
    public static final String STEPS = "steps";
    public static final String VOCODER = "vocoder";

    /** Values of {@link StepTable}, float32, little-endian, row by row; nothing else. */
    public static final String TABLE_FILE = "steps.table";

    private BundleGraphs() {}

    /**
     * The file of the graph {@code role} in {@code bundle}.
     *
     * @throws BundleException when the bundle has none
     */
    public static Path file(Bundle bundle, String role) {
        return bundle.file(
                bundle.manifest()
                        .graph(role)
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "model %s has no graph for %s; import it again"
                                                        .formatted(bundle.manifest().name(), role)))
                        .file());
    }
}
