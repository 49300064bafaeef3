package dev.snug.vision.keras;

import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.vision.keras.file.StoredTensor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules of the layers that scale and shift each channel by constants. */
final class NormalizationRules {
    /** What Keras' Normalization divides by at least (its backend's epsilon). */
    private static final float LEAST_DEVIATION = 1e-7f;

    private static final double DEFAULT_EPSILON = 1e-3;

    private NormalizationRules() {}

    /** BatchNormalization that could not be folded: gamma·(x − mean)/√(variance + ε) + beta. */
    static Value batchNormalization(LayerCall call) {
        Value input = call.input();
        requireLastAxis(call, input.shape().rank());
        Affine affine = affine(call, input.channels());
        Value scaled = binary(call, "Mul", "scale", input, floats(affine.scale()));
        return binary(call, "Add", "shift", scaled, floats(affine.shift()));
    }

    /** The batch norm of {@code call} over {@code channels} channels. */
    static Affine affine(LayerCall call, long channels) {
        if (call.settings().flag("renorm", false)) {
            throw call.refusal("renorm is not supported");
        }
        // A folded one reads a convolution: rank 4. Others were checked against their input.
        if (call.inputs().isEmpty()) {
            requireLastAxis(call, 4);
        }
        double epsilon = call.settings().number("epsilon", DEFAULT_EPSILON);
        int next = 0;
        double[] scale = new double[Math.toIntExact(channels)];
        Arrays.fill(scale, 1);
        if (call.settings().flag("scale", true)) {
            scale = doubles(call.weight(next++, "gamma", channels));
        }
        double[] shift = new double[scale.length];
        if (call.settings().flag("center", true)) {
            shift = doubles(call.weight(next++, "beta", channels));
        }
        double[] mean = doubles(call.weight(next++, "moving mean", channels));
        double[] variance = doubles(call.weight(next++, "moving variance", channels));
        call.requireWeights(next);
        for (int channel = 0; channel < scale.length; channel++) {
            scale[channel] /= Math.sqrt(variance[channel] + epsilon);
            shift[channel] -= mean[channel] * scale[channel];
        }
        return new Affine(call.path(), scale, shift);
    }

    private static void requireLastAxis(LayerCall call, int rank) {
        long axis = call.settings().whole("axis").orElse(-1L);
        if (axis != -1 && axis != rank - 1) {
            throw call.refusal("axis %d is not supported, only the last".formatted(axis));
        }
    }

    /** (x − mean) / max(√variance, 1e-7), or its inverse. */
    static Value normalization(LayerCall call) {
        Value input = call.input();
        boolean perChannel = !isEmpty(call.settings().value("axis"));
        if (perChannel) {
            requireLastAxis(call, input.shape().rank());
        }
        float[] mean = moment(call, 0, "mean", perChannel, input);
        float[] deviation = moment(call, 1, "variance", perChannel, input);
        for (int i = 0; i < deviation.length; i++) {
            float root = (float) Math.sqrt(deviation[i]);
            deviation[i] = Math.max(root, LEAST_DEVIATION);
        }
        if (call.settings().flag("invert", false)) {
            Value scaled = binary(call, "Mul", "deviation", input, deviation);
            return binary(call, "Add", "mean", scaled, mean);
        }
        Value centred = binary(call, "Sub", "mean", input, mean);
        return binary(call, "Div", "deviation", centred, deviation);
    }

    private static boolean isEmpty(@Nullable Object axis) {
        return axis == null || (axis instanceof List<?> list && list.isEmpty());
    }

    /** Mean or variance: from the configuration, or learnt and then in the weights. */
    private static float[] moment(
            LayerCall call, int index, String key, boolean perChannel, Value input) {
        float[] values;
        if (call.settings().value(key) != null) {
            values = floats(call.settings().numbers(key));
        } else {
            StoredTensor weight =
                    perChannel
                            ? call.weight(index, key, input.channels())
                            : call.weight(index, key);
            // The count of samples is a parameter too, as Keras counts.
            Optional<StoredTensor> count = call.optionalWeight(2);
            if (count.isEmpty()) {
                throw call.refusal("its count is missing in the file");
            }
            values = floats(doubles(weight));
        }
        return values;
    }

    static Value rescaling(LayerCall call) {
        float[] scale = floats(call.settings().numbers("scale"));
        float[] offset =
                call.settings().value("offset") == null
                        ? new float[] {0}
                        : floats(call.settings().numbers("offset"));
        Value scaled = binary(call, "Mul", "scale", call.input(), scale);
        return binary(call, "Add", "offset", scaled, offset);
    }

    /** Adds {@code operator} on {@code input} and a constant of one value, or one per channel. */
    private static Value binary(
            LayerCall call, String operator, String what, Value input, float[] constant) {
        if (constant.length != 1 && constant.length != input.channels()) {
            throw call.refusal(
                    "its %s has %d values for %d channels"
                            .formatted(what, constant.length, input.channels()));
        }
        List<Long> sizes = new ArrayList<>();
        sizes.add((long) constant.length);
        if (input.isPicture()) {
            // [C,1,1] lines up with NCHW.
            sizes.add(1L);
            sizes.add(1L);
        }
        Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
        String name =
                call.out()
                        .constant(
                                call.path() + "/" + what,
                                () -> Tensor.floats(constant, shape.sizes()));
        return call.node(operator, input.shape(), List.of(input.name(), name));
    }

    private static double[] doubles(StoredTensor tensor) {
        ByteBuffer bytes = tensor.floats();
        double[] values = new double[bytes.remaining() / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getFloat(i * Float.BYTES);
        }
        return values;
    }

    private static float[] floats(double[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }
}
