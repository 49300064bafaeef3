package dev.snug.vision;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.session.SessionException;
import dev.snug.vision.explain.GradCamGraph;
import dev.snug.vision.keras.Convolution;
import dev.snug.vision.keras.ImportedModel;
import dev.snug.vision.keras.KerasImportOptions;
import dev.snug.vision.keras.KerasImporter;
import dev.snug.vision.keras.KerasModel;
import dev.snug.vision.keras.PictureSize;
import dev.snug.vision.keras.file.KerasException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes a bundle of a Keras classifier: for each picture size one graph that classifies and one
 * that explains as well, all over one weights file; then the copy laid out for this machine.
 */
public final class ClassifierImport {
    /** The kind of bundle that is made here. */
    public static final String KIND = "image-classifier";

    /** The graph that gives probabilities only. */
    static final String CLASSIFY = "classify";

    /** The graph that gives probabilities and a heat map. */
    public static final String EXPLAIN = "explain";

    private static final String WEIGHTS = "model.weights";

    private final Request request;
    private final String createdBy;

    /**
     * What is imported and how it is called.
     *
     * @param file the {@code .keras} file
     * @param name what the model will be called
     * @param source where it came from, for people
     * @param licence of the weights; null when not known
     * @param sides picture sides in pixels to make graphs for; empty for the model's own size
     * @param settings class names, resize filter, patient values
     */
    public record Request(
            Path file,
            String name,
            String source,
            @Nullable String licence,
            List<Integer> sides,
            ClassifierSettings settings) {
        public Request {
            sides = List.copyOf(sides);
        }
    }

    private ClassifierImport(Request request, String createdBy) {
        this.request = request;
        this.createdBy = createdBy;
    }

    /**
     * Imports and installs; the store is as before when anything fails. A copy for this machine
     * that cannot be made is told to {@code steps}: the model is whole without it.
     *
     * @param createdBy program and version, for the manifest
     * @param steps told what is being done, in words
     * @return the installed bundle
     * @throws KerasException when the file is no Keras model that Snug can run
     */
    public static Bundle run(
            Request request, BundleStore store, String createdBy, Consumer<String> steps) {
        steps.accept("reading " + request.file().getFileName());
        Bundle bundle =
                store.install(
                        request.name(), new ClassifierImport(request, createdBy)::writeBundle);
        try {
            steps.accept(OptimizedCopy.STEP);
            OptimizedCopy.make(store, bundle);
        } catch (BundleException | SessionException e) {
            // The model is whole: another import replaced it, or the disk holds no second copy.
            steps.accept("not laid out for this machine, it will load slower: " + e.getMessage());
        }
        return bundle;
    }

    private Manifest writeBundle(Path folder) throws IOException {
        String sha256 = Checksum.of(request.file(), bytes -> {}).sha256();
        List<GraphEntry> graphs = new ArrayList<>();
        try (KerasModel keras = KerasImporter.read(request.file(), folder);
                WeightsWriter weights = WeightsWriter.create(folder.resolve(WEIGHTS))) {
            KerasImportOptions firstSize = sizes().getFirst();
            ImportedModel first = keras.toOnnx(firstSize);
            String target = target(first);
            for (KerasImportOptions size : sizes()) {
                ImportedModel plain = size.equals(firstSize) ? first : keras.toOnnx(size);
                graphs.add(write(CLASSIFY, plain.model(), folder, weights));
                if (target != null) {
                    graphs.add(write(EXPLAIN, explained(keras, size, target), folder, weights));
                }
            }
            return manifest(first, target, graphs, sha256, weights.bytes());
        }
    }

    private List<KerasImportOptions> sizes() {
        return request.sides().isEmpty()
                ? List.of(KerasImportOptions.DEFAULT)
                : request.sides().stream()
                        .map(PictureSize::square)
                        .map(KerasImportOptions.DEFAULT::withPictureSize)
                        .toList();
    }

    /** Path of the layer that heat maps of this model look at; null when it has no convolution. */
    private @Nullable String target(ImportedModel plain) {
        String wanted = request.settings().targetLayer();
        if (wanted == null) {
            return plain.defaultTarget().map(Convolution::path).orElse(null);
        }
        List<Convolution> found = plain.convolutions(wanted);
        if (found.size() != 1) {
            throw new KerasException(
                    "the target layer %s is %s; the last convolutions are %s"
                            .formatted(
                                    wanted,
                                    found.isEmpty() ? "not in the model" : "called several times",
                                    plain.convolutions().reversed().stream()
                                            .limit(5)
                                            .map(Convolution::path)
                                            .toList()));
        }
        return found.getFirst().path();
    }

    private static Model explained(KerasModel keras, KerasImportOptions size, String target) {
        ImportedModel unfused = keras.toOnnx(size.withKeepUnfused(target));
        Convolution layer = unfused.convolutions(target).getFirst();
        return GradCamGraph.append(unfused.model(), layer.activated());
    }

    private static GraphEntry write(String role, Model model, Path folder, WeightsWriter weights)
            throws IOException {
        InputSize size = ClassifierPorts.of(model.graph().inputs()).inputSize();
        String side =
                size.height() == size.width()
                        ? Integer.toString(size.height())
                        : size.height() + "x" + size.width();
        String file = role + "-" + side + ".onnx";
        ModelWriter.write(model, folder.resolve(file), weights);
        return new GraphEntry(role, size, file, model.graph().inputs(), model.graph().outputs());
    }

    private Manifest manifest(
            ImportedModel first,
            @Nullable String target,
            List<GraphEntry> graphs,
            String sha256,
            long weightsBytes) {
        int classes = Math.toIntExact(first.output().type().shape().size(-1));
        ClassifierSettings settings =
                request.settings().withClassCount(classes).withTargetLayer(target);
        ClassifierPorts.of(first.inputs()).checkPatient(settings.patient());
        return new Manifest(
                request.name(),
                KIND,
                request.source(),
                sha256,
                request.licence(),
                createdBy,
                first.parameters(),
                Map.of(),
                graphs,
                List.of(new Manifest.Variant("fp32", weightsBytes)),
                Map.of(),
                Measured.NONE,
                settings.toJson());
    }
}
