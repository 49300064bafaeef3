package dev.snug.vision;

import dev.snug.onnx.format.WeightsWriter;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.session.Engine;
import dev.snug.runtime.session.OptimizedModels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The copy of a bundle whose graphs are rewritten for one engine version and instruction set. */
final class OptimizedCopy {
    /** What making a copy is called while it is done. */
    static final String STEP = "laying the weights out for this machine";

    private static final String WEIGHTS = "model.weights";

    private OptimizedCopy() {}

    /** Names the engine and the instruction set that a copy is good for. */
    static String key() {
        Machine machine = Probe.ofThisMachine().machine();
        return "ort%s-%s-%s"
                .formatted(
                        Engine.version(), machine.architecture(), machine.instructionSet().key());
    }

    /** The copy for this machine, made when it is not there. */
    static Bundle make(BundleStore store, Bundle bundle) {
        return store.installOptimized(bundle, key(), folder -> write(bundle, folder));
    }

    private static Manifest write(Bundle bundle, Path folder) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve(WEIGHTS))) {
            for (GraphEntry graph : bundle.manifest().graphs()) {
                OptimizedModels.write(
                        bundle.file(graph.file()), folder.resolve(graph.file()), weights, work);
            }
        } finally {
            Files.deleteIfExists(work);
        }
        return bundle.manifest().withFiles(Map.of());
    }
}
