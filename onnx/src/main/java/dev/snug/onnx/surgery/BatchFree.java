package dev.snug.onnx.surgery;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The proof that a part of a graph does the same for each entry of a batch, whatever their number:
 * only operators that leave the first of three axes alone, and beside the batch only values that
 * are the same for all of it.
 */
final class BatchFree {
    /** Of one value, element by element. */
    private static final Set<String> UNARY =
            Set.of(
                    "Cast",
                    "Elu",
                    "Erf",
                    "Exp",
                    "Gelu",
                    "Identity",
                    "LeakyRelu",
                    "Mish",
                    "Neg",
                    "Reciprocal",
                    "Relu",
                    "Sigmoid",
                    "Softplus",
                    "Sqrt",
                    "Tanh");

    /** Of two values, element by element. */
    private static final Set<String> BINARY = Set.of("Add", "Div", "Mul", "Pow", "Sub");

    private static final Set<String> ATTENTION = Set.of("MultiHeadAttention", "RotaryEmbedding");

    private final Map<String, TensorType> types;
    private final Set<String> batch = new HashSet<>();

    private BatchFree(Map<String, TensorType> types) {
        this.types = types;
    }

    /**
     * Requires that all nodes that follow from {@code from}, [batch, frames, channels], and are
     * needed for {@code to} treat each entry alike.
     *
     * @throws OnnxException when a node may not; names it
     */
    static void require(Model model, String from, String to) {
        BatchFree proof = new BatchFree(ShapeInference.infer(model));
        proof.batch.add(from);
        for (Node node : model.graph().nodes()) {
            if (proof.batch.contains(to)) {
                return;
            }
            if (Prune.reads(node).anyMatch(proof.batch::contains)) {
                if (!proof.leavesBatchAlone(node)) {
                    throw new OnnxException(
                            "%s may mix the two branches of guidance".formatted(node));
                }
                proof.batch.addAll(node.outputs());
            }
        }
        if (!proof.batch.contains(to)) {
            throw new OnnxException("%s does not follow from %s".formatted(to, from));
        }
    }

    private boolean leavesBatchAlone(Node node) {
        if (node.domain().equals("com.microsoft") && ATTENTION.contains(node.operator())) {
            int values = node.operator().equals("MultiHeadAttention") ? 3 : 1;
            return node.inputs().size() >= values
                    && node.inputs().subList(0, values).stream().allMatch(batch::contains)
                    && node.inputs().stream().skip(values).noneMatch(batch::contains);
        }
        if (!node.is(node.operator())) {
            return false;
        }
        String operator = node.operator();
        if (UNARY.contains(operator)) {
            return true;
        }
        if (BINARY.contains(operator)) {
            return node.inputs().stream()
                    .allMatch(name -> batch.contains(name) || isTheSameForAll(name, 3));
        }
        return switch (operator) {
            case "MatMul" -> batch.contains(node.input(0)) && isTheSameForAll(node.input(1), 2);
            case "Conv" -> onlyFirst(node);
            case "LayerNormalization" -> {
                long axis = node.longAttribute("axis", -1);
                yield onlyFirst(node) && (axis == -1 || axis == 2);
            }
            case "Transpose" -> {
                long[] permutation = node.longsAttribute("perm");
                yield permutation.length == 3 && permutation[0] == 0;
            }
            default -> false;
        };
    }

    private boolean onlyFirst(Node node) {
        return batch.contains(node.input(0))
                && node.inputs().stream().skip(1).noneMatch(batch::contains);
    }

    /** Whether a value beside the batch has no axis of its own for it. */
    private boolean isTheSameForAll(String value, int rankMost) {
        TensorType type = types.get(value);
        if (type == null || batch.contains(value)) {
            return false;
        }
        Shape shape = type.shape();
        return shape.rank() <= rankMost
                && (shape.rank() < 3 || shape.dimension(0).equals(Dimension.of(1)));
    }
}
