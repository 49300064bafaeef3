package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What follows from what in a graph, found in one pass in execution order. */
final class Dependence {
    private static final Set<String> DRAWS = Set.of("Bernoulli", "Multinomial");

    private Dependence() {}

    /**
     * All values that follow from {@code roots} alone: the roots and what nodes make that read
     * nothing else. A node that draws random numbers or has a body stays outside, whatever it
     * reads.
     *
     * @param admits a further condition on the nodes inside
     */
    static Set<String> closure(Graph graph, Set<String> roots, Predicate<Node> admits) {
        Set<String> inside = new HashSet<>(roots);
        for (Node node : graph.nodes()) {
            if (isFunction(node)
                    && Prune.reads(node).allMatch(inside::contains)
                    && admits.test(node)) {
                inside.addAll(node.outputs());
            }
        }
        inside.remove("");
        return inside;
    }

    /** The values of {@code inside} that nodes outside read, in the order of their first reader. */
    static Set<String> frontier(Graph graph, Set<String> inside) {
        Set<String> frontier = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (!makes(node, inside)) {
                Prune.reads(node).filter(inside::contains).forEach(frontier::add);
            }
        }
        return frontier;
    }

    /** Whether {@code node} makes one of {@code values}. */
    static boolean makes(Node node, Set<String> values) {
        return node.outputs().stream().anyMatch(values::contains);
    }

    /** Whether the same inputs give the same outputs each time, as far as a look can tell. */
    private static boolean isFunction(Node node) {
        String operator = node.operator();
        return !operator.startsWith("Random")
                && !operator.contains("Dropout")
                && !DRAWS.contains(operator)
                && node.attributes().values().stream()
                        .noneMatch(Attribute.OfGraph.class::isInstance);
    }
}
