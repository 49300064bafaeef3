package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.surgery.HalfStorage;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Measured;
import dev.snug.speech.bundle.SpeechSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The graphs of a new bundle, each over a weights file of its own so that a stage maps no more than
 * it runs, and what its manifest says of them.
 */
public final class GraphFiles {
    private final Path folder;
    private final boolean isHalf;
    private final Consumer<String> steps;
    private final List<GraphEntry> graphs = new ArrayList<>();
    private final Map<String, Long> parameters = new LinkedHashMap<>();
    private long weightsBytes;

    /**
     * No graphs yet.
     *
     * @param folder of the bundle, where files go
     * @param isHalf whether weights are stored as float16, without gaps: for small models
     * @param steps told what is being done, in words
     */
    public GraphFiles(Path folder, boolean isHalf, Consumer<String> steps) {
        this.folder = folder;
        this.isHalf = isHalf;
        this.steps = steps;
    }

    /** Writes the graph {@code role}. */
    public void write(String role, Model model) throws IOException {
        steps.accept("laying out " + role);
        String file = role + ".onnx";
        Path beside = folder.resolve(role + ".weights");
        try (WeightsWriter weights =
                isHalf ? WeightsWriter.packed(beside) : WeightsWriter.create(beside)) {
            ModelWriter.write(
                    isHalf ? HalfStorage.of(model) : model, folder.resolve(file), weights);
            weightsBytes += weights.bytes();
        }
        graphs.add(
                new GraphEntry(role, null, file, model.graph().inputs(), model.graph().outputs()));
        parameters.put(role, parametersOf(model));
    }

    /** The float32 weights of {@code model}; constants of one value, such as an ε, are none. */
    private static long parametersOf(Model model) {
        long values = 0;
        for (Tensor tensor : model.graph().initializers().values()) {
            long elements = tensor.shape().elements();
            boolean counts = tensor.elementType() == ElementType.FLOAT;
            values += counts && elements > 1 ? elements : 0;
        }
        return values;
    }

    /** Writes the table of the usual steps, which the graph of steps computes. */
    public void writeTable() throws IOException {
        steps.accept("laying out the usual steps");
        Path table = folder.resolve(BundleGraphs.TABLE_FILE);
        StepRows.write(folder.resolve(BundleGraphs.STEPS + ".onnx"), StepRows.foreseen(), table);
        weightsBytes += Files.size(table);
    }

    /** What {@link #writeTable} writes for {@code transformer}. */
    public static StepTable table(TransformerSizes transformer) {
        return new StepTable(transformer.modulationValues(), StepRows.foreseen());
    }

    /** Weights of each graph, by role. */
    public Map<String, Long> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * What is imported, for the manifest.
     *
     * @param name what the model will be called
     * @param source where it came from, for people
     * @param sha256 of its weights
     * @param licence of the weights; null when not known
     * @param createdBy program and version
     */
    public record Origin(
            String name,
            String source,
            String sha256,
            @Nullable String licence,
            String createdBy) {}

    /**
     * The manifest of the graphs that were written.
     *
     * @param measured bytes by configuration
     */
    public Manifest manifest(Origin origin, SpeechSettings settings, Map<String, Long> measured) {
        return new Manifest(
                origin.name(),
                SpeechSettings.KIND,
                origin.source(),
                origin.sha256(),
                origin.licence(),
                origin.createdBy(),
                parameters.values().stream().mapToLong(Long::longValue).sum(),
                Map.of(),
                graphs,
                List.of(new Manifest.Variant(isHalf ? "fp16" : "fp32", weightsBytes)),
                Map.of(),
                new Measured(measured, Map.of()),
                settings.toJson());
    }
}
