package dev.snug.onnx.lifetime;

import dev.snug.onnx.Node;

import java.util.List;
import java.util.Set;

/**
 * Which outputs ONNX Runtime's kernels for the CPU may write over an input, or hand on as they are.
 *
 * <p>Source: Alias and MayInplace in the kernels' registrations below core/providers/cpu and
 * contrib_ops/cpu. Arithmetic of two tensors registers neither, so it always takes a new buffer.
 */
final class Sharing {
    private static final Set<String> HANDED_ON =
            Set.of("Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze");

    private static final Set<String> OVERWRITING =
            Set.of(
                    "Celu",
                    "Clip",
                    "Elu",
                    "HardSigmoid",
                    "LeakyRelu",
                    "Relu",
                    "Selu",
                    "Sigmoid",
                    "Softmax",
                    "Softplus",
                    "Softsign",
                    "Tanh",
                    "ThresholdedRelu");

    /** What a convolution adds to its result is input 3; the result may take its place. */
    private static final int ADDED = 3;

    private static final Set<String> ADDING =
            Set.of("com.microsoft:FusedConv", "com.microsoft.nchwc:Conv");

    /** Whether output 0 is input 0 under another shape: no bytes of its own. */
    static boolean isHandedOn(Node node) {
        return node.is(node.operator()) && HANDED_ON.contains(node.operator());
    }

    /** The inputs that output 0 may be written over, in the order in which they are tried. */
    static List<Integer> overwritable(Node node) {
        if (node.is(node.operator())) {
            return OVERWRITING.contains(node.operator()) ? List.of(0) : List.of();
        }
        return ADDING.contains(node.domain() + ":" + node.operator()) ? List.of(ADDED) : List.of();
    }

    private Sharing() {}
}
