package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The edit that drops nodes, initializers and value types that no graph output needs. Graph inputs
 * stay, used or not: they are what callers give.
 */
public final class Prune {
    private Prune() {}

    /** The same graph without what none of its outputs needs. */
    public static Graph unused(Graph graph) {
        Set<String> needed = new HashSet<>();
        graph.outputs().stream().map(Port::name).forEach(needed::add);
        List<Node> kept = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                kept.add(node);
                reads(node).forEach(needed::add);
            }
        }
        kept.stream().flatMap(node -> node.outputs().stream()).forEach(needed::add);

        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        initializers.keySet().retainAll(needed);
        Map<String, TensorType> types = new LinkedHashMap<>(graph.valueTypes());
        types.keySet().retainAll(needed);
        return new Graph(
                graph.name(),
                graph.inputs(),
                graph.outputs(),
                kept.reversed(),
                initializers,
                types);
    }

    /**
     * The names that {@code node} reads: its inputs that are not left out, and, for operators with
     * a body, everything the body mentions, since a body may read values of the graph around it.
     */
    static Stream<String> reads(Node node) {
        Stream<String> inputs = node.inputs().stream().filter(name -> !name.isEmpty());
        return Stream.concat(
                inputs, node.attributes().values().stream().flatMap(Prune::readsOfBody));
    }

    private static Stream<String> readsOfBody(Attribute attribute) {
        if (attribute instanceof Attribute.OfGraph(Graph body)) {
            return Stream.concat(
                    body.nodes().stream().flatMap(Prune::reads),
                    body.outputs().stream().map(Port::name));
        }
        return Stream.empty();
    }
}
