package dev.snug.onnx.surgery;

import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode differentiation of a part of a graph, done on the graph: appends the nodes that
 * compute the gradient of one value with respect to another that it depends on.
 *
 * <p>From the seed value back to the target, each node on a path between them gets the
 * vector-Jacobian product of its operator ({@link Rules}); gradients that meet in a value are
 * added. Nodes that do not depend on the target, or that the seed value does not depend on, get
 * nothing. Sizes must be known, since broadcasting and pooling are undone with constants.
 *
 * <p>Works on float32 and on operator sets 18 and later. Source: Griewank and Walther, Evaluating
 * Derivatives, 2nd edition 2008, chapter 3.
 */
public final class ReverseMode {
    /** The first operator set in which reductions take their axes as an input and scatters add. */
    public static final long OPSET_MIN = 18;

    private final Graph forward;
    private final BackwardGraph backward;
    private final Set<String> dependent = new HashSet<>();
    private final Map<String, Term> gradients = new HashMap<>();

    private ReverseMode(Graph forward, BackwardGraph backward) {
        this.forward = forward;
        this.backward = backward;
    }

    /**
     * Where a backward pass begins.
     *
     * @param value the value whose gradient is known
     * @param gradient the name of that gradient, of the same shape
     */
    public record Seed(String value, String gradient) {}

    /**
     * A gradient that is now part of the graph.
     *
     * @param value its name
     * @param shape the target's shape, with 1 on each axis along which the gradient does not vary
     */
    public record Gradient(String value, Shape shape) {}

    /**
     * Appends the gradient with respect to {@code target}.
     *
     * @param forward the graph to differentiate; it must know the types of its values
     * @param into a builder that holds all of {@code forward} and the seed's gradient
     * @throws OnnxException when the seed value does not depend on the target, an operator between
     *     them has no rule, or a size that is needed is not known
     */
    public static Gradient append(Graph forward, GraphBuilder into, Seed seed, String target) {
        return new ReverseMode(forward, new BackwardGraph(forward, into)).run(seed, target);
    }

    private Gradient run(Seed seed, String target) {
        markDependents(target);
        if (!dependent.contains(seed.value())) {
            throw new OnnxException(
                    "no gradient: %s does not depend on %s".formatted(seed.value(), target));
        }
        arrive(seed.value(), new Term(seed.gradient(), backward.value(seed.value()).shape()));
        for (Node node : forward.nodes().reversed()) {
            if (!node.outputs().contains(target)) {
                back(node);
            }
        }
        Term result = gradients.get(target);
        if (result == null) {
            throw new OnnxException(
                    "no gradient: it is zero everywhere between %s and %s"
                            .formatted(seed.value(), target));
        }
        return new Gradient(result.name(), result.shape());
    }

    private void markDependents(String target) {
        dependent.add(target);
        for (Node node : forward.nodes()) {
            if (!Rules.isFlat(node) && Prune.reads(node).anyMatch(dependent::contains)) {
                node.outputs().stream().filter(backward::isFloat).forEach(dependent::add);
            }
        }
    }

    private void back(Node node) {
        if (node.outputs().stream().noneMatch(gradients::containsKey)
                || node.outputs().stream().noneMatch(dependent::contains)) {
            return;
        }
        List<@Nullable Term> arrived = new ArrayList<>();
        node.outputs().forEach(output -> arrived.add(gradients.get(output)));
        Rule rule = Rules.of(node);
        Step step = new Step(backward, node, arrived);
        for (int index = 0; index < node.inputs().size(); index++) {
            String input = node.input(index);
            if (dependent.contains(input)) {
                backward.name(input);
                arrive(input, rule.gradient(step, index));
            }
        }
    }

    /** Every reader of a value stands after its producer, so sums are complete when read. */
    private void arrive(String value, Term gradient) {
        gradients.merge(value, gradient, backward::add);
    }
}
