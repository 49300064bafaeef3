package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.vision.keras.file.Settings;

import java.util.Arrays;
import java.util.List;

/** Rules of the layers that pool or pad a picture. */
final class PoolingRules {
    private PoolingRules() {}

    static Value maximum(LayerCall call) {
        return pool(call, "MaxPool");
    }

    /** Padding is left out of the average, as TensorFlow does. */
    static Value average(LayerCall call) {
        return pool(call, "AveragePool", GraphBuilder.attribute("count_include_pad", 0));
    }

    private static Value pool(LayerCall call, String operator, Named... more) {
        Value input = call.picture();
        Window window = Window.ofPooling(call);
        Shape shape = window.outputShape(call, input, input.channels());
        Named[] attributes = {
            window.kernelAttribute(), window.stridesAttribute(), window.pads(input)
        };
        Named[] all = Arrays.copyOf(attributes, attributes.length + more.length);
        System.arraycopy(more, 0, all, attributes.length, more.length);
        return call.node(operator, shape, List.of(input.name()), all);
    }

    static Value globalMaximum(LayerCall call) {
        return global(call, "GlobalMaxPool");
    }

    static Value globalAverage(LayerCall call) {
        return global(call, "GlobalAveragePool");
    }

    private static Value global(LayerCall call, String operator) {
        Value input = call.picture();
        Shape kept = Shape.of(1, 1, 1, input.channels());
        boolean keep = call.settings().flag("keepdims", false);
        String hint = keep ? call.path() : call.path() + "/pooled";
        Value pooled = call.node(operator, hint, kept, List.of(input.name()));
        return keep
                ? pooled
                : call.node("Flatten", Shape.of(1, input.channels()), List.of(pooled.name()));
    }

    static Value zeroPadding(LayerCall call) {
        Value input = call.picture();
        double[] sides = call.settings().numbers("padding");
        if (sides.length != 4) {
            throw call.refusal("padding must be ((top, bottom), (left, right))");
        }
        long[] pads = new long[4];
        for (int side = 0; side < pads.length; side++) {
            pads[side] = (long) sides[side];
            if (pads[side] != sides[side] || pads[side] < 0 || pads[side] > Settings.SIZE) {
                throw call.refusal("padding of " + sides[side]);
            }
        }
        Shape shape =
                Shape.of(
                        1,
                        input.height() + pads[0] + pads[1],
                        input.width() + pads[2] + pads[3],
                        input.channels());
        long[] operand = {0, 0, pads[0], pads[2], 0, 0, pads[1], pads[3]};
        String key = call.path() + "/pads";
        String constant = call.out().constant(key, () -> Tensor.longs(operand, operand.length));
        return call.node("Pad", shape, List.of(input.name(), constant));
    }
}
