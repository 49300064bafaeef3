package dev.snug.speech.variant;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.quantize.MatrixWeights;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.surgery.HalfStorage;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.speech.f5.BundleGraphs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes variants of a model: the same files with the weights of the velocity, which are most of
 * them, in another precision. Float16 is for every graph: it changes next to nothing. What depends
 * on the step alone is computed once and added to everything, so it gets 8 bits at the least.
 */
public final class SpeechVariant {
    private static final String WEIGHTS = ".weights";

    /** Values of a weight; below, the Cast costs a graph more than it saves. */
    private static final long HALF_VALUES_MIN = 1024;

    private static final long PACKED_BYTES_MOST = 64L << 20;

    private final Bundle base;
    private final Precision to;
    private final Predicate<String> isWide;
    private final Consumer<String> steps;

    SpeechVariant(Bundle base, Precision to, Predicate<String> isWide, Consumer<String> steps) {
        this.base = base;
        this.to = to;
        this.isWide = isWide;
        this.steps = steps;
    }

    /**
     * Installs {@code base} in the precision {@code to}, in place of a variant of that name.
     *
     * @param isWide says of a group of matrices ({@link MatrixWeights#groups}) whether it stays
     * @param steps told what is being done, in words
     * @throws BundleException when the disk refuses, or the model has no velocity of its own
     * @throws IllegalArgumentException when {@code base} is a variant itself
     */
    public static Bundle make(
            BundleStore store,
            Bundle base,
            Precision to,
            Predicate<String> isWide,
            Consumer<String> steps) {
        ModelName name = ModelName.of(base.manifest().name());
        if (name.isVariant()) {
            throw new IllegalArgumentException(
                    "%s is a variant; make another one of %s".formatted(name, name.base()));
        }
        String wanted = name.in(to.word()).toString();
        SpeechVariant variant = new SpeechVariant(base, to, isWide, steps);
        return store.install(
                wanted, base.manifest().totalBytes(), folder -> variant.write(folder, wanted));
    }

    /** Writes the files of the variant called {@code name}. */
    Manifest write(Path folder, String name) throws IOException {
        Set<String> copied = new TreeSet<>(base.manifest().files().keySet());
        long bytes = 0;
        for (GraphEntry graph : graphs()) {
            Precision precision = precision(graph);
            steps.accept("storing %s as %s".formatted(graph.role(), precision.word()));
            String file = graph.role() + WEIGHTS;
            Path old = base.file(graph.file());
            copied.removeAll(Set.of(graph.file(), file));
            try (Arena arena = Arena.ofConfined();
                    TensorFile computed = TensorFile.create(folder, arena);
                    WeightsWriter weights = weights(folder.resolve(file))) {
                Model model = edited(ModelReader.read(old), precision, computed);
                ModelWriter.write(model, folder.resolve(graph.file()), weights);
            }
        }
        for (String file : copied) {
            shared(base.file(file), folder.resolve(file));
        }
        List<String> counted = new ArrayList<>(List.of(BundleGraphs.TABLE_FILE));
        base.manifest().graphs().forEach(graph -> counted.add(graph.role() + WEIGHTS));
        for (String file : counted) {
            Path weights = folder.resolve(file);
            bytes += Files.exists(weights) ? Files.size(weights) : 0;
        }
        List<GraphEntry> same = base.manifest().graphs();
        return base.manifest().asVariant(name, new Variant(to.word(), bytes), same);
    }

    /** In a model of a few megabytes the gaps between pages would be a fifth of the file. */
    private WeightsWriter weights(Path file) throws IOException {
        return base.manifest().totalBytes() < PACKED_BYTES_MOST
                ? WeightsWriter.packed(file)
                : WeightsWriter.create(file);
    }

    private List<GraphEntry> graphs() {
        List<GraphEntry> all = base.manifest().graphs();
        if (to == Precision.FP16) {
            return all;
        }
        List<GraphEntry> velocity = base.manifest().graphs(BundleGraphs.VELOCITY);
        if (velocity.isEmpty()) {
            throw new BundleException(
                    "model %s has no graph of the velocity alone, so nothing of it can be stored as %s; import it again"
                            .formatted(base.manifest().name(), to.word()));
        }
        return Stream.concat(velocity.stream(), base.manifest().graphs(BundleGraphs.STEPS).stream())
                .toList();
    }

    private Precision precision(GraphEntry graph) {
        boolean isOfSteps = graph.role().equals(BundleGraphs.STEPS) && to != Precision.FP16;
        return isOfSteps ? Precision.INT8 : to;
    }

    private Model edited(Model model, Precision precision, TensorFile computed) {
        return precision == Precision.FP16
                ? HalfStorage.of(model, HALF_VALUES_MIN, computed)
                : MatrixWeights.of(model, precision, isWide, computed);
    }

    /** The same bytes under a second name, or where the file system has none such, once more. */
    private static void shared(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, target);
        }
    }
}
