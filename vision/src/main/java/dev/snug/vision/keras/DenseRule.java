package dev.snug.vision.keras;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.vision.keras.file.StoredTensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Rule of the dense layer. On a vector its kernel [in,units] is used as it lies in the file; on a
 * picture it is a convolution of size 1.
 */
final class DenseRule {
    private static final int[] IN_OUT_TO_OUT_IN = {1, 0};

    private DenseRule() {}

    static Value emit(LayerCall call) {
        Value input = call.input();
        long units = call.settings().size("units", 0);
        boolean biased = call.settings().flag("use_bias", true);
        String activation = ActivationRules.name(call);
        StoredTensor kernel = call.weight(0, "kernel", input.channels(), units);
        call.requireWeights(biased ? 2 : 1);
        List<String> operands = new ArrayList<>(List.of(input.name()));
        operands.add(
                input.isPicture() ? transposed(call, kernel) : asStored(call, "kernel", kernel));
        if (biased) {
            operands.add(asStored(call, "bias", call.weight(1, "bias", units)));
        }
        long[] sizes = input.shape().sizes();
        sizes[sizes.length - 1] = units;
        return ActivationRules.apply(call, activation, product(call, Shape.of(sizes), operands));
    }

    private static Value product(LayerCall call, Shape shape, List<String> operands) {
        return switch (shape.rank()) {
            case 2 -> call.node("Gemm", shape, operands);
            case 4 -> call.node("Conv", shape, operands);
            default -> {
                Value product = call.node("MatMul", shape, operands.subList(0, 2));
                yield operands.size() == 2
                        ? product
                        : call.node("Add", shape, List.of(product.name(), operands.get(2)));
            }
        };
    }

    private static String asStored(LayerCall call, String what, StoredTensor weight) {
        return call.out()
                .constant(
                        call.path() + "/" + what,
                        () -> new Tensor(ElementType.FLOAT, weight.shape(), weight.floats()));
    }

    private static String transposed(LayerCall call, StoredTensor kernel) {
        return call.computed(
                call.path() + "/kernel/transposed",
                Shape.of(kernel.shape().size(1), kernel.shape().size(0), 1, 1),
                () -> new Permuted(kernel, IN_OUT_TO_OUT_IN, 1));
    }
}
