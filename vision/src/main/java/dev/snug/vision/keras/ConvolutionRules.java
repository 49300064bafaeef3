package dev.snug.vision.keras;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Shape;
import dev.snug.vision.keras.file.StoredTensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules of the convolutions. Keras' kernels are HWIO, depthwise ones [h,w,channels,multiplier];
 * ONNX wants OIHW, depthwise as a convolution in as many groups as there are channels.
 *
 * <p>A batch norm that alone reads a convolution without activation becomes part of its weights.
 */
final class ConvolutionRules {
    private static final int[] HWIO_TO_OIHW = {3, 2, 0, 1};
    private static final int[] DEPTHWISE_TO_OIHW = {2, 3, 0, 1};

    private ConvolutionRules() {}

    /**
     * One ONNX convolution to add.
     *
     * @param kernel as stored
     * @param depthwise whether the kernel is stored as [h,w,channels,multiplier]
     * @param shape of the kernel in ONNX
     */
    private record Step(
            Value input,
            Window window,
            StoredTensor kernel,
            boolean depthwise,
            Shape shape,
            long groups,
            @Nullable StoredTensor bias) {
        long channels() {
            return shape.size(0);
        }

        int[] axes() {
            return depthwise ? DEPTHWISE_TO_OIHW : HWIO_TO_OIHW;
        }
    }

    static Value conv2d(LayerCall call) {
        Value input = call.picture();
        Window window = Window.ofConvolution(call);
        long filters = call.settings().size("filters", 0);
        long groups = call.settings().size("groups", 1);
        if (filters % groups != 0 || input.channels() % groups != 0) {
            throw call.refusal(
                    "%d input channels and %d filters do not divide into %d groups"
                            .formatted(input.channels(), filters, groups));
        }
        long perGroup = input.channels() / groups;
        StoredTensor kernel =
                call.weight(0, "kernel", window.height(), window.width(), perGroup, filters);
        Shape shape = Shape.of(filters, perGroup, window.height(), window.width());
        StoredTensor bias = bias(call, 1, filters);
        return last(call, new Step(input, window, kernel, false, shape, groups, bias));
    }

    static Value depthwise(LayerCall call) {
        Value input = call.picture();
        Window window = Window.ofConvolution(call);
        StoredTensor kernel = depthwiseKernel(call, input, window);
        Shape shape = depthwiseShape(kernel);
        StoredTensor bias = bias(call, 1, shape.size(0));
        return last(call, new Step(input, window, kernel, true, shape, input.channels(), bias));
    }

    static Value separable(LayerCall call) {
        Value input = call.picture();
        Window window = Window.ofConvolution(call);
        StoredTensor depthwise = depthwiseKernel(call, input, window);
        Shape shape = depthwiseShape(depthwise);
        Step first = new Step(input, window, depthwise, true, shape, input.channels(), null);
        Value middle = emit(call, first, call.path() + "/depthwise", null);
        long filters = call.settings().size("filters", 0);
        StoredTensor pointwise =
                call.weight(1, "pointwise kernel", 1, 1, middle.channels(), filters);

        Shape pointShape = Shape.of(filters, middle.channels(), 1, 1);
        StoredTensor bias = bias(call, 2, filters);
        return last(call, new Step(middle, Window.POINT, pointwise, false, pointShape, 1, bias));
    }

    private static StoredTensor depthwiseKernel(LayerCall call, Value input, Window window) {
        if (call.settings().size("groups", 1) != 1) {
            throw call.refusal("groups in a depthwise convolution are not supported");
        }
        long multiplier = call.settings().size("depth_multiplier", 1);
        return call.weight(
                0,
                "depthwise kernel",
                window.height(),
                window.width(),
                input.channels(),
                multiplier);
    }

    private static Shape depthwiseShape(StoredTensor kernel) {
        Shape shape = kernel.shape();
        return Shape.of(shape.size(2) * shape.size(3), 1, shape.size(0), shape.size(1));
    }

    private static @Nullable StoredTensor bias(LayerCall call, int index, long channels) {
        boolean used = call.settings().flag("use_bias", true);
        call.requireWeights(used ? index + 1 : index);
        return used ? call.weight(index, "bias", channels) : null;
    }

    /** Adds the layer's last convolution, with the batch norm after it where that can be folded. */
    private static Value last(LayerCall call, Step step) {
        String activation = ActivationRules.name(call);
        Optional<Call> batchNorm =
                activation.equals(ActivationRules.LINEAR)
                        ? call.out().foldableAfter(call.call())
                        : Optional.empty();
        Affine affine =
                batchNorm
                        .map(
                                folded ->
                                        NormalizationRules.affine(
                                                new LayerCall(folded, List.of(), call.out()),
                                                step.channels()))
                        .orElse(null);
        Value raw = emit(call, step, call.path(), affine);
        Value activated = ActivationRules.apply(call, activation, raw);
        call.out().convolution(call.call().layer(), raw, activated, affine != null);
        batchNorm.ifPresent(folded -> call.out().provide(folded, raw));
        return activated;
    }

    private static Value emit(LayerCall call, Step step, String name, @Nullable Affine affine) {
        Window window = step.window();
        Value input = step.input();
        Shape shape = window.outputShape(call, input, step.channels());
        List<String> operands = new ArrayList<>(List.of(input.name()));
        String suffix = affine == null ? "" : "@" + affine.path();
        operands.add(
                call.computed(
                        name + "/kernel" + suffix,
                        step.shape(),
                        () -> kernelElements(step, affine)));
        if (step.bias() != null || affine != null) {
            operands.add(
                    call.computed(
                            name + "/bias" + suffix,
                            Shape.of(step.channels()),
                            () -> Affine.biasElements(step.bias(), affine)));
        }
        return call.node(
                "Conv",
                name,
                shape,
                operands,
                window.kernelAttribute(),
                window.stridesAttribute(),
                window.dilationsAttribute(),
                window.pads(input),
                GraphBuilder.attribute("group", step.groups()));
    }

    private static Permuted kernelElements(Step step, @Nullable Affine affine) {
        return affine == null
                ? new Permuted(step.kernel(), step.axes(), 1)
                : new Permuted(step.kernel(), step.axes(), affine.scale());
    }
}
