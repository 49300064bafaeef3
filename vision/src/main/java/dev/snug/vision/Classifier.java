package dev.snug.vision;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionException;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.explain.GradCamGraph;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.patient.PatientFeature;
import dev.snug.vision.picture.Picture;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A loaded classifier: picture → tensor → probabilities, and a heat map where asked.
 *
 * <p>Loads one graph of the bundle's copy for this machine, weights mapped. Safe to use from
 * several threads; {@link #close} waits for them.
 */
public final class Classifier implements AutoCloseable {
    private final ClassifierSettings settings;
    private final GraphEntry graph;
    private final ClassifierPorts ports;
    private final Session session;

    /**
     * Which graph to load and how.
     *
     * @param explain whether heat maps will be asked for; without, their nodes are not loaded
     * @param side picture side in pixels; null for the bundle's first
     * @param threads threads of one operator; 0 means one per core
     */
    public record Options(boolean explain, @Nullable Integer side, int threads) {}

    private Classifier(
            ClassifierSettings settings, GraphEntry graph, ClassifierPorts ports, Session session) {
        this.settings = settings;
        this.graph = graph;
        this.ports = ports;
        this.session = session;
    }

    /**
     * Loads the model {@code name}.
     *
     * @param steps told, in words, what takes time beyond loading, and what went slower than it
     *     should
     * @throws BundleException when it is not installed, broken, or lacks what the options ask for
     */
    public static Classifier open(
            BundleStore store, String name, Options options, Consumer<String> steps) {
        Bundle bundle = store.open(name);
        ClassifierSettings settings =
                ClassifierSettings.parse(
                        bundle.manifest().settings(), "the settings of model " + name);
        GraphEntry graph = choose(bundle, options);
        ClassifierPorts ports = ClassifierPorts.of(graph.inputs());
        Session session = load(store, bundle, graph, options.threads(), steps);
        return new Classifier(settings, graph, ports, session);
    }

    private static GraphEntry choose(Bundle bundle, Options options) {
        String role = options.explain() ? ClassifierImport.EXPLAIN : ClassifierImport.CLASSIFY;
        List<GraphEntry> graphs = bundle.manifest().graphs(role);
        if (graphs.isEmpty()) {
            throw new BundleException(
                    "model %s has no convolution that a heat map could look at; ask without it"
                            .formatted(bundle.manifest().name()));
        }
        Integer side = options.side();
        return side == null
                ? graphs.getFirst()
                : graphs.stream()
                        .filter(graph -> new InputSize(side, side).equals(graph.inputSize()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "model %s has no picture size %d; it has %s. Import it again with --picture-size %d"
                                                        .formatted(
                                                                bundle.manifest().name(),
                                                                side,
                                                                sizes(graphs),
                                                                side)));
    }

    private static String sizes(List<GraphEntry> graphs) {
        return String.join(
                ", ",
                graphs.stream()
                        .map(GraphEntry::inputSize)
                        .filter(Objects::nonNull)
                        .map(size -> size.width() + "x" + size.height())
                        .toList());
    }

    /**
     * The copy for this machine; where the store cannot be written, the portable graph, laid out in
     * memory at each load.
     */
    private static Session load(
            BundleStore store,
            Bundle bundle,
            GraphEntry graph,
            int threads,
            Consumer<String> steps) {
        try {
            Bundle copy = bundle.optimized(OptimizedCopy.key()).orElse(null);
            if (copy == null) {
                steps.accept(OptimizedCopy.STEP);
                copy = OptimizedCopy.make(store, bundle);
            }
            return Session.open(
                    copy.file(graph.file()), SessionSettings.MAPPED.withThreads(threads));
        } catch (BundleException | SessionException e) {
            steps.accept("not laid out for this machine, so slower: " + e.getMessage());
            return Session.open(
                    bundle.file(graph.file()), SessionSettings.ONCE.withThreads(threads));
        }
    }

    /** The classes that this model tells apart, in the order of its output. */
    public List<ClassLabel> classes() {
        return settings.classes();
    }

    /**
     * The number of the class with the given id, for {@link #explain}.
     *
     * @throws IllegalArgumentException when there is no such class; the message lists those there
     *     are
     */
    public int classNumber(String id) {
        for (int number = 0; number < classes().size(); number++) {
            if (classes().get(number).id().equals(id)) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "the model knows no class \"%s\"; it knows %s"
                        .formatted(id, classes().stream().map(ClassLabel::id).toList()));
    }

    /**
     * Checks that the model can take {@code patient}, before any picture is opened.
     *
     * @throws PatientException when it cannot
     */
    public void check(Patient patient) {
        patientInput(patient, new LinkedHashMap<>());
    }

    /** Probabilities only. */
    public Classification classify(Picture picture, Patient patient) {
        return run(picture, patient, Optional.empty());
    }

    /**
     * Probabilities and the heat map of one class.
     *
     * @param classNumber the class to explain; empty for the likeliest
     * @throws IllegalStateException when the classifier was opened without heat maps
     */
    public Classification explain(Picture picture, Patient patient, Optional<Integer> classNumber) {
        if (!graph.role().equals(ClassifierImport.EXPLAIN)) {
            throw new IllegalStateException("this classifier was opened without heat maps");
        }
        classNumber.ifPresent(number -> Objects.checkIndex(number, classes().size()));
        return run(
                picture,
                patient,
                Optional.of(classNumber.map(Integer::longValue).orElse(GradCamGraph.TOP_CLASS)));
    }

    private Classification run(Picture picture, Patient patient, Optional<Long> explained) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put(ports.picture().name(), tensor(picture));
        patientInput(patient, inputs);
        boolean explains = graph.role().equals(ClassifierImport.EXPLAIN);
        if (explains) {
            long number = explained.orElse(GradCamGraph.TOP_CLASS);
            inputs.put(GradCamGraph.CLASS_INPUT, Tensor.longs(new long[] {number}, 1));
        }
        String probabilities = graph.outputs().getFirst().name();
        Set<String> wanted =
                explained.isPresent()
                        ? Set.of(probabilities, GradCamGraph.HEAT_MAP_OUTPUT)
                        : Set.of(probabilities);
        try (Session.Lease lease = session.acquire()) {
            Map<String, Tensor> results = lease.run(inputs, wanted);
            Tensor map = results.get(GradCamGraph.HEAT_MAP_OUTPUT);
            return new Classification(
                    scores(results.get(probabilities)), map == null ? null : HeatMap.of(map));
        }
    }

    private void patientInput(Patient patient, Map<String, Tensor> inputs) {
        Port port = ports.patient();
        if (port != null) {
            inputs.put(port.name(), tensor(patient, port));
        } else if (!patient.equals(Patient.UNKNOWN)) {
            throw new PatientException(
                    "this model looks at pictures alone; it takes no patient values");
        }
    }

    private Tensor tensor(Picture picture) {
        Shape shape = ports.picture().type().shape();
        InputSize size = ports.inputSize();
        float[] levels = settings.resize().resampler().resize(picture, size.width(), size.height());
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(levels.length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer values = bytes.asFloatBuffer();
        for (float level : levels) {
            values.put(level / settings.divisor());
        }
        return new Tensor(ElementType.FLOAT, shape, bytes);
    }

    private Tensor tensor(Patient patient, Port port) {
        if (settings.patient().isEmpty()) {
            throw new PatientException(
                    "the model takes a vector %s that its settings do not explain; import it again with --settings FILE (snug help import)"
                            .formatted(port));
        }
        float[] vector = PatientFeature.encode(settings.patient(), patient);
        return Tensor.floats(vector, 1, vector.length);
    }

    private List<ClassScore> scores(@Nullable Tensor probabilities) {
        if (probabilities == null) {
            throw new IllegalStateException("the model gave no probabilities");
        }
        float[] values = probabilities.toFloats();
        List<ClassScore> scores = new ArrayList<>();
        for (int number = 0; number < values.length; number++) {
            scores.add(new ClassScore(classes().get(number), values[number]));
        }
        scores.sort(Comparator.comparingDouble(ClassScore::probability).reversed());
        return scores;
    }

    @Override
    public void close() {
        session.close();
    }
}
