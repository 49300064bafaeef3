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
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.StageGate;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionException;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.explain.GradCamGraph;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.picture.Picture;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private final StageGate.Pass pass;

    /**
     * Which graph to load and how.
     *
     * @param explain whether heat maps will be asked for; without, their nodes are not loaded
     * @param side picture side in pixels; null for the bundle's first
     * @param threads threads of one operator; 0 means one per core
     * @param arena keeps what a run frees for the next one
     * @param rest of the engine's settings; its threads and its arena are not looked at
     */
    public record Options(
            boolean explain,
            @Nullable Integer side,
            int threads,
            boolean arena,
            SessionSettings rest) {
        /** Without an arena. */
        public Options(boolean explain, @Nullable Integer side, int threads) {
            this(explain, side, threads, false, SessionSettings.MAPPED);
        }

        private SessionSettings session() {
            return rest.withThreads(threads).withArena(arena);
        }
    }

    private Classifier(
            ClassifierSettings settings,
            GraphEntry graph,
            ClassifierPorts ports,
            Session session,
            StageGate.Pass pass) {
        this.settings = settings;
        this.graph = graph;
        this.ports = ports;
        this.session = session;
        this.pass = pass;
    }

    /**
     * Loads the model {@code name}, whatever memory that takes: the copy for this machine, made
     * when it is not there, or where that is not possible the portable graph.
     *
     * @param steps told, in words, what takes time beyond loading, and what went slower than it
     *     should
     * @throws BundleException when it is not installed, broken, or lacks what the options ask for
     */
    public static Classifier open(
            BundleStore store, String name, Options options, Consumer<String> steps) {
        Bundle bundle = store.open(name);
        Optional<Bundle> copy = OptimizedCopy.findOrMake(store, bundle, steps);
        try {
            return open(bundle, copy, options, () -> () -> {});
        } catch (SessionException e) {
            if (copy.isEmpty()) {
                throw e;
            }
            steps.accept(OptimizedCopy.NOT_LAID_OUT + e.getMessage());
            return open(bundle, Optional.empty(), options, () -> () -> {});
        }
    }

    /**
     * Loads a model as planned. Its memory is reserved before anything is loaded, covers all runs,
     * and is given back by {@link #close}.
     *
     * @param copy {@code bundle}'s {@link OptimizedCopy}; loaded instead where there is one
     * @param options as planned
     * @param demand what the plan says that loading and running takes
     * @throws BundleException when the bundle lacks what the options ask for
     * @throws dev.snug.runtime.budget.BudgetException when {@code gate} refuses
     */
    public static Classifier open(
            Bundle bundle, Optional<Bundle> copy, Options options, StageGate gate, Demand demand) {
        return open(bundle, copy, options, () -> gate.enter(demand));
    }

    /**
     * Loads a graph that is in no bundle yet, such as a trial of other weights: as it is, weights
     * mapped.
     *
     * @param file the graph; its weights lie in the same folder
     * @param graph its inputs and outputs
     * @param settings of the model, as its manifest has them
     * @param label what errors call the model
     */
    public static Classifier ofFile(
            Path file, GraphEntry graph, Map<String, ?> settings, String label) {
        return new Classifier(
                ClassifierSettings.parse(settings, "the settings of " + label),
                graph,
                ClassifierPorts.of(graph.inputs()),
                Session.open(file, SessionSettings.MAPPED),
                () -> {});
    }

    /** Whether it was opened so that {@link #explain} answers. */
    public boolean explains() {
        return graph.role().equals(ClassifierImport.EXPLAIN);
    }

    private static Classifier open(
            Bundle bundle, Optional<Bundle> copy, Options options, Supplier<StageGate.Pass> entry) {
        ClassifierSettings settings =
                ClassifierSettings.parse(
                        bundle.manifest().settings(),
                        "the settings of model " + bundle.manifest().name());
        GraphEntry graph =
                new ClassifierGraphs(bundle.manifest()).graph(options.explain(), options.side());
        ClassifierPorts ports = ClassifierPorts.of(graph.inputs());
        Path file = copy.orElse(bundle).file(graph.file());
        StageGate.Pass pass = entry.get();
        try {
            Session session = Session.open(file, options.session());
            return new Classifier(settings, graph, ports, session, pass);
        } catch (RuntimeException | Error e) {
            pass.close();
            throw e;
        }
    }

    /** The size at which the model looks at pictures. */
    public InputSize inputSize() {
        return ports.inputSize();
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
        if (!explains()) {
            throw new IllegalStateException("this classifier was opened without heat maps");
        }
        classNumber.ifPresent(number -> Objects.checkIndex(number, classes().size()));
        return run(
                picture,
                patient,
                Optional.of(classNumber.map(Integer::longValue).orElse(GradCamGraph.TOP_CLASS)));
    }

    private Classification run(Picture picture, Patient patient, Optional<Long> explained) {
        String probabilities = graph.outputs().getFirst().name();
        String heat = explained.isPresent() ? GradCamGraph.HEAT_MAP_OUTPUT : probabilities;
        long number = explained.orElse(GradCamGraph.TOP_CLASS);
        Map<String, Tensor> results =
                run(picture, patient, number, new HashSet<>(List.of(probabilities, heat)));
        Tensor map = results.get(GradCamGraph.HEAT_MAP_OUTPUT);
        return Classification.of(
                settings.classes(),
                results.get(probabilities),
                map == null ? null : HeatMap.of(map));
    }

    /**
     * What the graph makes of a picture.
     *
     * @param explained a class's number, or {@link GradCamGraph#TOP_CLASS}
     * @param wanted names of the graph's outputs
     */
    public Map<String, Tensor> run(
            Picture picture, Patient patient, long explained, Set<String> wanted) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        patientInput(patient, inputs);
        if (explains()) {
            inputs.put(GradCamGraph.CLASS_INPUT, Tensor.longs(new long[] {explained}, 1));
        }
        // Freed with the run: the collector would let the inputs of many pictures pile up.
        try (Arena memory = Arena.ofConfined();
                Session.Lease lease = session.acquire()) {
            inputs.put(ports.picture().name(), tensor(picture, memory));
            return lease.run(inputs, wanted);
        }
    }

    private void patientInput(Patient patient, Map<String, Tensor> inputs) {
        Port port = ports.patient();
        if (port != null) {
            inputs.put(port.name(), settings.vector(patient, port));
        } else if (!patient.equals(Patient.UNKNOWN)) {
            throw new PatientException(
                    "this model looks at pictures alone; it takes no patient values");
        }
    }

    private Tensor tensor(Picture picture, Arena memory) {
        Shape shape = ports.picture().type().shape();
        InputSize size = ports.inputSize();
        float[] levels = settings.resize().resampler().resize(picture, size.width(), size.height());
        ByteBuffer bytes =
                memory.allocate((long) levels.length * Float.BYTES, Float.BYTES)
                        .asByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer values = bytes.asFloatBuffer();
        for (float level : levels) {
            values.put(level / settings.divisor());
        }
        return new Tensor(ElementType.FLOAT, shape, bytes);
    }

    /** Waits for runs that go on, then gives the memory back. */
    @Override
    public void close() {
        try {
            session.close();
        } finally {
            pass.close();
        }
    }
}
