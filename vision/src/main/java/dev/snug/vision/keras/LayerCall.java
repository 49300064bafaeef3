package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.keras.file.Settings;
import dev.snug.vision.keras.file.StoredTensor;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a rule works on: a call, the values it reads and the graph to add to. Values are named after
 * the layer's path.
 */
record LayerCall(Call call, List<Value> inputs, Emission out) {
    LayerCall {
        inputs = List.copyOf(inputs);
    }

    Settings settings() {
        return call.layer().settings();
    }

    String path() {
        return call.layer().path();
    }

    KerasException refusal(String message) {
        return settings().refusal(message);
    }

    /** The only input. */
    Value input() {
        if (inputs.size() != 1) {
            throw refusal("it is called with %d inputs, not one".formatted(inputs.size()));
        }
        return inputs.getFirst();
    }

    /** The only input, a picture: [1,height,width,channels]. */
    Value picture() {
        Value input = input();
        if (!input.isPicture()) {
            throw refusal("its input is %s, not a picture".formatted(input.shape()));
        }
        requireChannelsLast();
        return input;
    }

    /** Refuses a layer whose pictures have their channels first. */
    void requireChannelsLast() {
        settings().choice("data_format", "channels_last", "channels_last");
    }

    /** The setting {@code axis} as an axis of {@code value} in Keras' order, not the batch's. */
    int axis(Value value) {
        int rank = value.shape().rank();
        long axis = settings().whole("axis").orElse(-1L);
        if (axis < -rank || axis >= rank || Math.floorMod(axis, rank) == 0) {
            throw refusal("axis %d of %s".formatted(axis, value.shape()));
        }
        return Math.floorMod(axis, rank);
    }

    /** The name of the constant {@code value}. */
    String scalar(float value) {
        return out.constant("scalar/" + value, () -> Tensor.scalar(value));
    }

    /** The name of a weight computed from those in the file, once for all graphs. */
    String computed(String key, Shape shape, Supplier<Elements> elements) {
        return out.constant(key, () -> out.store().tensor(key, shape, elements));
    }

    /** Adds an operator with one output of {@code shape}, which is in Keras' order. */
    Value node(String operator, Shape shape, List<String> operands, Named... attributes) {
        return node(operator, path(), shape, operands, attributes);
    }

    /** As {@link #node(String, Shape, List, Named...)}, with another name for the output. */
    Value node(
            String operator, String hint, Shape shape, List<String> operands, Named... attributes) {
        return out.node(operator, hint, Emission.checked(settings(), shape), operands, attributes);
    }

    private String weightPath(int index) {
        return call.layer().weights() + "/vars/" + index;
    }

    /**
     * The layer's weight number {@code index}.
     *
     * @param what it is, for messages
     * @param sizes what the configuration and the input say it must have
     */
    StoredTensor weight(int index, String what, long... sizes) {
        StoredTensor weight = optionalWeight(index).orElseThrow(() -> missing(index, what, sizes));
        Shape wanted = Shape.of(sizes);
        if (!weight.shape().equals(wanted)) {
            throw refusal(
                    "its %s is %s in the file (%s) and must be %s"
                            .formatted(what, weight.shape(), weight.path(), wanted));
        }
        return weight;
    }

    private KerasException missing(int index, String what, long... sizes) {
        return refusal(
                "its %s %s is missing: the file has no %s"
                        .formatted(what, Shape.of(sizes), weightPath(index)));
    }

    /** The layer's weight number {@code index}, if the file has it. */
    Optional<StoredTensor> optionalWeight(int index) {
        return out.weight(weightPath(index));
    }

    /** Refuses a layer that has more than {@code count} weights: it does more than it seems. */
    void requireWeights(int count) {
        if (out.hasWeight(weightPath(count))) {
            throw refusal("it has more than the %d weights expected".formatted(count));
        }
    }
}
