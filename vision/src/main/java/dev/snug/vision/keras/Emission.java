package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.keras.file.Settings;
import dev.snug.vision.keras.file.StoredTensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One graph while it is made: goes through the calls in order and lets their rules add to it. */
final class Emission {
    /** 2 GiB of float32: a value larger than this is a mistake in the configuration. */
    private static final long ELEMENTS = 1L << 29;

    private static final int PICTURE_RANK = 4;

    private final KerasArchive archive;
    private final WeightStore store;
    private final CallGraph calls;
    private final KerasImportOptions options;
    private final Map<Integer, List<Call>> consumers;
    private final GraphBuilder graph = new GraphBuilder("keras");
    private final Map<Integer, Value> values = new HashMap<>();
    private final Map<String, String> constants = new HashMap<>();
    private final Map<String, Long> parameters = new HashMap<>();
    private final Map<String, Integer> timesCalled = new LinkedHashMap<>();
    private final List<Convolution> convolutions = new ArrayList<>();

    Emission(KerasArchive archive, WeightStore store, CallGraph calls, KerasImportOptions options) {
        this.archive = archive;
        this.store = store;
        this.calls = calls;
        this.options = options;
        this.consumers = calls.consumers();
    }

    /** The whole graph; called once. */
    ImportedModel run() {
        List<Port> inputs = calls.inputs().stream().map(this::input).toList();
        // After all inputs have their names: a value made on the way may not take one of them.
        calls.inputs().forEach(this::toChannelsFirst);
        for (Call call : calls.calls()) {
            // A folded batch norm was made together with its convolution.
            if (!values.containsKey(call.output())) {
                List<Value> arguments = call.inputs().stream().map(values::get).toList();
                values.put(
                        call.output(),
                        LayerTable.rule(call.layer()).emit(new LayerCall(call, arguments, this)));
                call.layer().settings().requireAllRead();
                timesCalled.merge(call.layer().path(), 1, Integer::sum);
            }
        }
        requireKnown(options.keepUnfused());
        Port output = output();
        return new ImportedModel(
                Model.of(graph.build()),
                inputs,
                output,
                parameters.values().stream().mapToLong(Long::longValue).sum(),
                convolutions);
    }

    private void requireKnown(Set<String> paths) {
        Set<String> unknown = new HashSet<>(paths);
        convolutions.forEach(convolution -> unknown.remove(convolution.path()));
        if (!unknown.isEmpty()) {
            throw new KerasException(
                    "the model has no convolution %s; it has %s"
                            .formatted(
                                    unknown,
                                    convolutions.stream().map(Convolution::path).toList()));
        }
    }

    private Port input(CallGraph.Input input) {
        Settings settings = input.settings();
        long[] sizes = settings.sizes(input.key());
        if (settings.flag("sparse", false) || settings.flag("ragged", false)) {
            throw settings.refusal("sparse and ragged inputs are not supported");
        }
        if (sizes.length != PICTURE_RANK && sizes.length != 2) {
            throw settings.refusal(
                    "an input of rank %d; pictures (4) and vectors (2) are supported"
                            .formatted(sizes.length));
        }
        sizes[0] = 1;
        if (sizes.length == PICTURE_RANK && options.pictureSize().isPresent()) {
            sizes[1] = options.pictureSize().get().height();
            sizes[2] = options.pictureSize().get().width();
        }
        for (long size : sizes) {
            if (size < 1) {
                throw settings.refusal(
                        "the model leaves a size of this input open: state the picture size");
            }
        }
        Shape shape = checked(settings, Shape.of(sizes));
        TensorType type = TensorType.floats(sizes);
        String name = graph.input(input.name(), type);
        values.put(input.value(), new Value(name, shape));
        return new Port(name, type);
    }

    private void toChannelsFirst(CallGraph.Input input) {
        values.computeIfPresent(
                input.value(),
                (unused, value) ->
                        value.isPicture()
                                ? node(
                                        "Transpose",
                                        value.name() + "/nchw",
                                        value.shape(),
                                        List.of(value.name()),
                                        perm(0, 3, 1, 2))
                                : value);
    }

    private Port output() {
        Value value = values.get(calls.output());
        if (value == null || value.shape().rank() != 2) {
            throw new KerasException(
                    "the model gives %s; probabilities [1,classes] are needed"
                            .formatted(value == null ? "nothing" : value.shape()));
        }
        boolean input = calls.inputs().stream().anyMatch(one -> one.name().equals(value.name()));
        Value made =
                input
                        ? node("Identity", value.name(), value.shape(), List.of(value.name()))
                        : value;
        TensorType type = TensorType.floats(made.shape().sizes());
        graph.output(made.name(), type);
        return new Port(made.name(), type);
    }

    static Named perm(long... axes) {
        return GraphBuilder.attribute("perm", axes);
    }

    /**
     * Adds an operator with one float32 output.
     *
     * @param hint name of the output, made unique when taken
     * @param shape of the output, in Keras' order
     */
    Value node(
            String operator, String hint, Shape shape, List<String> inputs, Named... attributes) {
        String name = graph.add(operator, hint, inputs, attributes);
        Value value = new Value(name, shape);
        graph.valueType(name, TensorType.floats(value.graphShape().sizes()));
        return value;
    }

    /** Adds an operator whose output is not float32. */
    String untyped(String operator, String hint, List<String> inputs, Named... attributes) {
        return graph.add(operator, hint, inputs, attributes);
    }

    /** Refuses shapes that cannot be meant, before anything is computed from them. */
    static Shape checked(Settings settings, Shape shape) {
        long elements = 1;
        for (long size : shape.sizes()) {
            if (size < 1 || size > ELEMENTS / elements) {
                throw settings.refusal("its output would be " + shape);
            }
            elements *= size;
        }
        return shape;
    }

    /** The name of the constant {@code key}; made by {@code tensor} the first time. */
    String constant(String key, Supplier<Tensor> tensor) {
        return constants.computeIfAbsent(key, unused -> graph.initializer(key, tensor.get()));
    }

    WeightStore store() {
        return store;
    }

    /** The weight at {@code path}, counted among the parameters. */
    Optional<StoredTensor> weight(String path) {
        Optional<StoredTensor> weight = archive.weight(path);
        weight.ifPresent(stored -> parameters.put(path, stored.shape().elements()));
        return weight;
    }

    /** Whether the file has a weight at {@code path}; it is not counted. */
    boolean hasWeight(String path) {
        return archive.weight(path).isPresent();
    }

    /** The batch norm that can become part of the convolution {@code call}. */
    Optional<Call> foldableAfter(Call call) {
        List<Call> readers = consumers.getOrDefault(call.output(), List.of());
        boolean foldable =
                readers.size() == 1
                        && readers.getFirst().is("BatchNormalization")
                        && call.output() != calls.output()
                        && !options.keepUnfused().contains(call.layer().path());
        return foldable ? Optional.of(readers.getFirst()) : Optional.empty();
    }

    /** Says that {@code value} is already what {@code call} gives. */
    void provide(Call call, Value value) {
        values.put(call.output(), value);
        call.layer().settings().requireAllRead();
    }

    /** Notes a convolution as one that a heat map can look at. */
    void convolution(LayerSpec layer, Value raw, Value activated, boolean folded) {
        convolutions.add(
                new Convolution(
                        layer.path(),
                        timesCalled.getOrDefault(layer.path(), 0),
                        raw.name(),
                        activated.name(),
                        raw.channels(),
                        raw.height(),
                        raw.width(),
                        folded));
    }
}
