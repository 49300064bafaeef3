package dev.snug.onnx.surgery;

import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of derivative rules by operator of the ONNX standard. */
final class Rules {
    /** Operators whose result does not change with their input, or only in jumps. */
    private static final Set<String> FLAT =
            Set.of(
                    "Shape",
                    "Size",
                    "ArgMax",
                    "ArgMin",
                    "Sign",
                    "Floor",
                    "Ceil",
                    "Round",
                    "Equal",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "IsNaN",
                    "IsInf",
                    "ConstantOfShape");

    private static final Map<String, Rule> BY_OPERATOR = new HashMap<>();

    static {
        BY_OPERATOR.putAll(ActivationRules.ALL);
        BY_OPERATOR.putAll(ArithmeticRules.ALL);
        BY_OPERATOR.putAll(LinearRules.ALL);
        BY_OPERATOR.putAll(PoolingRules.ALL);
        BY_OPERATOR.putAll(ReductionRules.ALL);
        BY_OPERATOR.putAll(LayoutRules.ALL);
    }

    private Rules() {}

    /** Whether the derivative of {@code node}'s operator is zero wherever it exists. */
    static boolean isFlat(Node node) {
        return FLAT.stream().anyMatch(node::is);
    }

    /**
     * The rule for {@code node}.
     *
     * @throws OnnxException when its operator has none
     */
    static Rule of(Node node) {
        Rule rule = BY_OPERATOR.get(node.operator());
        if (rule == null || !node.is(node.operator())) {
            throw new OnnxException(
                    "no gradient through %s%s (node %s): there is no rule for it, only for %s"
                            .formatted(
                                    node.domain().isEmpty() ? "" : node.domain() + ".",
                                    node.operator(),
                                    node.name(),
                                    new TreeSet<>(BY_OPERATOR.keySet())));
        }
        return rule;
    }
}
