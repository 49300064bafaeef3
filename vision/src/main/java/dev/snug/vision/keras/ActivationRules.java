package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Rules of the activation layers, and the activations that other layers have built in. */
final class ActivationRules {
    static final String LINEAR = "linear";

    /** Keras' defaults where an activation is only named. */
    private static final float LEAKY_SLOPE = 0.2f;

    private static final double LEAKY_LAYER_SLOPE = 0.3;
    private static final float HARD_SIGMOID_SLOPE = 1 / 6f;

    private ActivationRules() {}

    /** The name of the layer's activation; {@link #LINEAR} when it has none. */
    static String name(LayerCall call) {
        Object activation = call.settings().value("activation");
        return switch (activation) {
            case null -> LINEAR;
            case String name -> name;
            case Object other ->
                    throw call.refusal(
                            "an activation that is not one of Keras' own functions: " + other);
        };
    }

    static Value activation(LayerCall call) {
        return apply(call, name(call), call.input());
    }

    /** Adds the activation called {@code name} to {@code x}. */
    static Value apply(LayerCall call, String name, Value x) {
        return switch (name) {
            case LINEAR -> x;
            case "relu" -> unary(call, "Relu", x);
            case "relu6" -> clip(call, x, 0, 6);
            case "leaky_relu" -> unary(call, "LeakyRelu", x, alpha(LEAKY_SLOPE));
            case "elu" -> unary(call, "Elu", x, alpha(1));
            case "selu" -> unary(call, "Selu", x);
            case "silu", "swish" -> silu(call, x);
            case "gelu" -> unary(call, "Gelu", x);
            case "mish" -> unary(call, "Mish", x);
            case "sigmoid" -> unary(call, "Sigmoid", x);
            case "hard_sigmoid" ->
                    unary(call, "HardSigmoid", x, alpha(HARD_SIGMOID_SLOPE), beta(0.5f));
            case "hard_silu", "hard_swish" -> unary(call, "HardSwish", x);
            case "tanh" -> unary(call, "Tanh", x);
            case "softplus" -> unary(call, "Softplus", x);
            case "softsign" -> unary(call, "Softsign", x);
            case "exponential" -> unary(call, "Exp", x);
            case "softmax" -> softmax(call, "Softmax", x, x.shape().rank() - 1);
            case "log_softmax" -> softmax(call, "LogSoftmax", x, x.shape().rank() - 1);
            default ->
                    throw call.refusal(
                            ("activation %s is not supported; supported are linear, relu, relu6,"
                                            + " leaky_relu, elu, selu, silu, swish, gelu, mish,"
                                            + " sigmoid, hard_sigmoid, hard_silu, hard_swish, tanh,"
                                            + " softplus, softsign, exponential, softmax,"
                                            + " log_softmax")
                                    .formatted(name));
        };
    }

    private static Named alpha(float value) {
        return GraphBuilder.attribute("alpha", value);
    }

    private static Named beta(float value) {
        return GraphBuilder.attribute("beta", value);
    }

    private static Value unary(LayerCall call, String operator, Value x, Named... attributes) {
        return call.node(operator, x.shape(), List.of(x.name()), attributes);
    }

    private static Value silu(LayerCall call, Value x) {
        Value gate = call.node("Sigmoid", call.path() + "/sigmoid", x.shape(), List.of(x.name()));
        return call.node("Mul", x.shape(), List.of(x.name(), gate.name()));
    }

    private static Value clip(LayerCall call, Value x, float least, float most) {
        return call.node(
                "Clip", x.shape(), List.of(x.name(), call.scalar(least), call.scalar(most)));
    }

    private static Value softmax(LayerCall call, String operator, Value x, int axis) {
        return unary(call, operator, x, GraphBuilder.attribute("axis", x.graphAxis(axis)));
    }

    static Value softmax(LayerCall call) {
        return softmax(call, "Softmax", call.input(), call.axis(call.input()));
    }

    static Value leakyRelu(LayerCall call) {
        String key = call.settings().value("negative_slope") != null ? "negative_slope" : "alpha";
        float slope = (float) call.settings().number(key, LEAKY_LAYER_SLOPE);
        return unary(call, "LeakyRelu", call.input(), alpha(slope));
    }

    static Value elu(LayerCall call) {
        return unary(call, "Elu", call.input(), alpha((float) call.settings().number("alpha", 1)));
    }

    /**
     * ReLU with its three settings: most for x ≥ most, x above the threshold, else slope · (x −
     * threshold).
     */
    static Value relu(LayerCall call) {
        Value x = call.input();
        float threshold = (float) call.settings().number("threshold", 0);
        float slope = (float) call.settings().number("negative_slope", 0);
        Object most = call.settings().value("max_value");
        if (threshold == 0 && most == null) {
            return slope == 0 ? unary(call, "Relu", x) : unary(call, "LeakyRelu", x, alpha(slope));
        }
        Value positive = positive(call, x, threshold, most);
        if (slope == 0) {
            return positive;
        }
        // Below the threshold: min(x − threshold, 0) · slope.
        Value below = binary(call, "Sub", "below", x, call.scalar(threshold));
        Value negative = binary(call, "Min", "negative", below, call.scalar(0));
        Value leak = binary(call, "Mul", "leak", negative, call.scalar(slope));
        return call.node("Add", x.shape(), List.of(positive.name(), leak.name()));
    }

    private static Value positive(
            LayerCall call, Value x, float threshold, @Nullable Object mostSetting) {
        Value kept = x;
        if (threshold != 0) {
            String above =
                    call.out()
                            .untyped(
                                    "Greater",
                                    call.path() + "/above",
                                    List.of(x.name(), call.scalar(threshold)));
            kept =
                    call.node(
                            "Where",
                            call.path() + "/kept",
                            x.shape(),
                            List.of(above, x.name(), call.scalar(0)));
        }
        if (mostSetting == null) {
            return kept;
        }
        return clip(call, kept, 0, (float) call.settings().number("max_value", 0));
    }

    private static Value binary(
            LayerCall call, String operator, String what, Value x, String constant) {
        Shape shape = x.shape();
        return call.node(operator, call.path() + "/" + what, shape, List.of(x.name(), constant));
    }
}
