package dev.snug.vision;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.vision.ClassifierSettings.Resize;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which graph of a classifier's bundle answers what: one for each picture size and question. */
public record ClassifierGraphs(Manifest manifest) {
    /** Sides of the pictures that it takes, in pixels, the model's own first. */
    public List<Integer> sides() {
        return sides(manifest.graphs(ClassifierImport.CLASSIFY));
    }

    /** How a picture is brought to the size that the model takes. */
    public Resize resize() {
        return ClassifierSettings.parse(
                        manifest.settings(), "the settings of model " + manifest.name())
                .resize();
    }

    /** Whether the model can be asked for heat maps. */
    public boolean explains() {
        return manifest.graph(ClassifierImport.EXPLAIN).isPresent();
    }

    /**
     * The graph for pictures of {@code side}.
     *
     * @param explain whether heat maps will be asked for
     * @param side longer side in pixels; null for the model's own
     * @throws BundleException when there is none; the message lists the sides there are
     */
    public GraphEntry graph(boolean explain, @Nullable Integer side) {
        String role = explain ? ClassifierImport.EXPLAIN : ClassifierImport.CLASSIFY;
        List<GraphEntry> graphs = manifest.graphs(role);
        if (graphs.isEmpty()) {
            throw new BundleException(
                    "model %s has no convolution that a heat map could look at; ask without it"
                            .formatted(manifest.name()));
        }
        if (side == null) {
            return graphs.getFirst();
        }
        return graphs.stream()
                .filter(graph -> graph.inputSize() != null && side(graph.inputSize()) == side)
                .findFirst()
                .orElseThrow(
                        () ->
                                new BundleException(
                                        "model %s has no picture size %d; it has %s. Import it again with --picture-size %d"
                                                .formatted(
                                                        manifest.name(),
                                                        side,
                                                        words(graphs),
                                                        side)));
    }

    private static List<Integer> sides(List<GraphEntry> graphs) {
        return graphs.stream()
                .map(GraphEntry::inputSize)
                .filter(Objects::nonNull)
                .map(ClassifierGraphs::side)
                .distinct()
                .toList();
    }

    private static int side(InputSize size) {
        return Math.max(size.height(), size.width());
    }

    private static String words(List<GraphEntry> graphs) {
        return graphs.stream()
                .map(GraphEntry::inputSize)
                .filter(Objects::nonNull)
                .map(size -> size.width() + "x" + size.height())
                .collect(Collectors.joining(", "));
    }
}
