package dev.snug.runtime.bundle;

import dev.snug.onnx.Port;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model folder holds and where it came from: the content of {@code manifest.json}.
 *
 * @param name the model's name, {@code [a-z0-9][a-z0-9._-]{0,63}}
 * @param kind what the model does, such as {@code image-classifier}; says who reads {@code
 *     settings}
 * @param source where the model came from, for people: a file name, a package and its version
 * @param sourceSha256 SHA-256 of the file it was imported from, 64 hex digits; in an optimised copy
 *     that of the manifest it was made from
 * @param licence licence of the weights, or null when the source does not say
 * @param createdBy the program that made the folder, with its version
 * @param parameters number of weights, ≥ 0
 * @param files every file that belongs to the model, by plain name; the manifest itself is not
 *     among them. Empty only in the draft of a {@link BundleWriter}
 * @param graphs the graphs, one for each role and picture size
 * @param variants the precisions that the folder holds
 * @param predictedBytes memory predicted before a run, by configuration, in bytes; may be empty
 * @param measured memory and time by configuration, and quality; may be empty
 * @param settings what only the kind's own module understands: classes, resize filter; copied, so
 *     that later changes of the given tree do not show
 */
public record Manifest(
        String name,
        String kind,
        String source,
        String sourceSha256,
        @Nullable String licence,
        String createdBy,
        long parameters,
        Map<String, FileEntry> files,
        List<GraphEntry> graphs,
        List<Variant> variants,
        Map<String, Long> predictedBytes,
        Measured measured,
        Map<String, ?> settings) {

    /** Version of the format that this Snug writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    /** Name of the file that holds the manifest. */
    public static final String FILE_NAME = "manifest.json";

    /** Longest text of one property, in characters: two lines on a wide screen, or a long URL. */
    static final int MAX_TEXT_LENGTH = 1024;

    /** Most files of a model: ten voices and a few sizes stay far below it. */
    static final int MAX_FILES = 1000;

    /** Most graphs of a model: two roles in a few dozen picture sizes. */
    static final int MAX_GRAPHS = 100;

    /** Most inputs, or outputs, of a graph. */
    static final int MAX_PORTS = 1000;

    /** Most dimensions of a port; ONNX Runtime's kernels stop well below. */
    static final int MAX_RANK = 16;

    /** Most precisions, and most predicted or measured configurations. */
    static final int MAX_FIGURES = 1000;

    public Manifest {
        Names.model(name);
        Names.kind(kind);
        Requirement.text("source", source);
        Requirement.sha256("source_sha256", sourceSha256);
        if (licence != null) {
            Requirement.text("licence", licence);
        }
        Requirement.text("created_by", createdBy);
        Requirement.notNegative("parameters", parameters);
        Requirement.atMost("files", files.size(), MAX_FILES);
        files.keySet().forEach(Names::file);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        Requirement.atMost("graphs", graphs.size(), MAX_GRAPHS);
        graphs = List.copyOf(graphs);
        Requirement.atMost("variants", variants.size(), MAX_FIGURES);
        variants = List.copyOf(variants);
        predictedBytes = figures("predicted_bytes", predictedBytes);
        figures("measured_bytes", measured.bytes());
        figures("measured_micros", measured.micros());
        Requirement.atMost("quality", measured.quality().size(), MAX_FIGURES);
        settings = Json.parseObject(Json.bytes(settings), "settings");
    }

    /**
     * A file of the model.
     *
     * @param bytes its exact size
     * @param sha256 SHA-256 of its content, 64 lower-case hex digits
     */
    public record FileEntry(long bytes, String sha256) {
        public FileEntry {
            Requirement.notNegative("bytes", bytes);
            Requirement.sha256("sha256", sha256);
        }
    }

    /**
     * A graph of the model.
     *
     * @param role what a run of it answers, such as {@code classify} or {@code explain}
     * @param inputSize height and width of the picture it takes, or null when it takes none
     * @param file the graph's file, without weights
     * @param inputs its inputs in order
     * @param outputs its outputs in order
     */
    public record GraphEntry(
            String role,
            @Nullable InputSize inputSize,
            String file,
            List<Port> inputs,
            List<Port> outputs) {
        public GraphEntry {
            Requirement.text("role", role);
            Names.file(file);
            Requirement.atMost("inputs", inputs.size(), MAX_PORTS);
            Requirement.atMost("outputs", outputs.size(), MAX_PORTS);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            inputs.forEach(GraphEntry::requirePort);
            outputs.forEach(GraphEntry::requirePort);
        }

        private static void requirePort(Port port) {
            Requirement.text("name of a port", port.name());
            Requirement.atMost(
                    "dimensions of " + Json.quoted(port.name()),
                    port.type().shape().rank(),
                    MAX_RANK);
        }
    }

    /** Height and width of a picture in pixels, each 1 to 16384. */
    public record InputSize(int height, int width) {
        /** Largest side; the tensor of such a picture, 3 GiB, is already beyond any budget. */
        static final int MAX_PIXELS = 16_384;

        public InputSize {
            if (height < 1 || width < 1 || height > MAX_PIXELS || width > MAX_PIXELS) {
                throw new IllegalArgumentException(
                        "input size "
                                + height
                                + "x"
                                + width
                                + " is outside 1 to "
                                + MAX_PIXELS
                                + " pixels");
            }
        }
    }

    /**
     * A precision that the folder holds.
     *
     * @param precision such as {@code fp32}: the word of a {@code Precision}
     * @param bytes size of its weights on disk
     */
    public record Variant(String precision, long bytes) {
        public Variant {
            Requirement.text("precision", precision);
            Requirement.notNegative("bytes", bytes);
        }
    }

    /** The graphs of the given role, one for each picture size. */
    public List<GraphEntry> graphs(String role) {
        return graphs.stream().filter(graph -> graph.role().equals(role)).toList();
    }

    /** The first graph of the given role. */
    public Optional<GraphEntry> graph(String role) {
        return graphs.stream().filter(graph -> graph.role().equals(role)).findFirst();
    }

    /** Size of all files in bytes. */
    public long totalBytes() {
        return files.values().stream().mapToLong(FileEntry::bytes).reduce(0, Math::addExact);
    }

    /** The same manifest over other files; an empty map makes it a draft again. */
    public Manifest withFiles(Map<String, FileEntry> newFiles) {
        return with(sourceSha256, newFiles, graphs, measured);
    }

    /** The same manifest with other graphs, such as copies laid out anew for one machine. */
    public Manifest withGraphs(List<GraphEntry> newGraphs) {
        return with(sourceSha256, files, newGraphs, measured);
    }

    /** The same manifest as made from a file of the given SHA-256. */
    public Manifest withSourceSha256(String newSourceSha256) {
        return with(newSourceSha256, files, graphs, measured);
    }

    /** The same manifest with other measurements. */
    public Manifest withMeasured(Measured newMeasured) {
        return with(sourceSha256, files, graphs, newMeasured);
    }

    /**
     * The model {@code newName}, made from this one with its weights in another precision. Nothing
     * measured is taken over.
     */
    public Manifest asVariant(String newName, Variant variant, List<GraphEntry> newGraphs) {
        return new Manifest(
                newName,
                kind,
                source,
                sourceSha256,
                licence,
                createdBy,
                parameters,
                Map.of(),
                newGraphs,
                List.of(variant),
                Map.of(),
                Measured.NONE,
                settings);
    }

    private Manifest with(
            String newSourceSha256,
            Map<String, FileEntry> newFiles,
            List<GraphEntry> newGraphs,
            Measured newMeasured) {
        return new Manifest(
                name,
                kind,
                source,
                newSourceSha256,
                licence,
                createdBy,
                parameters,
                newFiles,
                newGraphs,
                variants,
                predictedBytes,
                newMeasured,
                settings);
    }

    /** Checks what a draft need not have yet: the file of each graph is among the files. */
    void requireComplete() {
        for (GraphEntry graph : graphs) {
            if (!files.containsKey(graph.file())) {
                throw new IllegalArgumentException(
                        "graph '"
                                + graph.role()
                                + "' is in "
                                + graph.file()
                                + ", which is not among the files");
            }
        }
    }

    private static Map<String, Long> figures(String what, Map<String, Long> figures) {
        Requirement.atMost(what, figures.size(), MAX_FIGURES);
        figures.forEach(
                (configuration, bytes) -> {
                    Requirement.text(what, configuration);
                    Requirement.notNegative(what + "." + configuration, bytes);
                });
        return Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
