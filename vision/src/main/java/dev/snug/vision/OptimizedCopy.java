package dev.snug.vision;

import dev.snug.onnx.format.WeightsWriter;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.session.Engine;
import dev.snug.runtime.session.OptimizedModels;
import dev.snug.runtime.session.SessionException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The copy of a bundle whose graphs are rewritten for one engine version and instruction set. */
public final class OptimizedCopy {
    /** What making a copy is called while it is done. */
    static final String STEP = "laying the weights out for this machine";

    /** What is said of a model that runs without its copy, with the reason behind it. */
    static final String NOT_LAID_OUT = "not laid out for this machine, so slower: ";

    private static final String WEIGHTS = "model.weights";

    private static final long MIB = 1 << 20;

    /** Java with a small heap, ONNX Runtime, and files that are read again and again. */
    private static final long MAKING_BYTES = 128 * MIB;

    /** The weights as they were, laid out anew, and on their way to the file. */
    private static final long MAKING_COPIES = 3;

    private OptimizedCopy() {}

    /** The copy of {@code bundle} for this machine, where there is a good one. */
    public static Optional<Bundle> find(Bundle bundle) {
        return bundle.optimized(key());
    }

    /**
     * The copy for this machine, made when it is not there, which takes the memory of all weights;
     * empty where the store cannot be written.
     *
     * @param steps told that it is made, or why it cannot be
     */
    static Optional<Bundle> findOrMake(BundleStore store, Bundle bundle, Consumer<String> steps) {
        return findOrMake(store, bundle, Long.MAX_VALUE, steps);
    }

    /**
     * As {@link #findOrMake(BundleStore, Bundle, Consumer)}; also empty where making it takes more
     * than {@code limitBytes}.
     */
    public static Optional<Bundle> findOrMake(
            BundleStore store, Bundle bundle, long limitBytes, Consumer<String> steps) {
        Optional<Bundle> found = find(bundle);
        if (found.isPresent()) {
            return found;
        }
        long needed = makingBytes(bundle);
        if (needed > limitBytes) {
            steps.accept(
                    NOT_LAID_OUT
                            + "that takes %s once; give --memory %s for one picture"
                                    .formatted(MemorySize.up(needed), new MemorySize(needed)));
            return Optional.empty();
        }
        try {
            steps.accept(STEP);
            return Optional.of(make(store, bundle));
        } catch (BundleException | SessionException e) {
            steps.accept(NOT_LAID_OUT + e.getMessage());
            return Optional.empty();
        }
    }

    /** What making a copy takes at most, in whole MiB. */
    private static long makingBytes(Bundle bundle) {
        return MAKING_BYTES + MAKING_COPIES * 4 * bundle.manifest().parameters() / MIB * MIB;
    }

    /** Names the engine and the instruction set that a copy is good for. */
    private static String key() {
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
