package dev.snug.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable dataflow graph in execution order: each node reads only values that stand before it.
 *
 * @param inputs what the caller gives; initializers are not listed here
 * @param outputs what the caller gets
 * @param nodes in an order in which they can run
 * @param initializers constant values (weights) by name, in insertion order
 * @param valueTypes types known for values inside the graph; may be incomplete
 */
public record Graph(
        String name,
        List<Port> inputs,
        List<Port> outputs,
        List<Node> nodes,
        Map<String, Tensor> initializers,
        Map<String, TensorType> valueTypes) {
    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        valueTypes = Collections.unmodifiableMap(new LinkedHashMap<>(valueTypes));
    }

    /** The node that makes {@code value}; empty for an input or an initializer. */
    public Optional<Node> producer(String value) {
        return nodes.stream().filter(node -> node.outputs().contains(value)).findFirst();
    }

    /** For each value the nodes that read it, in order; values nobody reads are absent. */
    public Map<String, List<Node>> consumers() {
        Map<String, List<Node>> consumers = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (String input : node.inputs()) {
                consumers.computeIfAbsent(input, unused -> new ArrayList<>()).add(node);
            }
        }
        return consumers;
    }

    /**
     * The input called {@code name}.
     *
     * @throws OnnxException when there is none
     */
    public Port input(String name) {
        return port(inputs, name, "input");
    }

    /**
     * The output called {@code name}.
     *
     * @throws OnnxException when there is none
     */
    public Port output(String name) {
        return port(outputs, name, "output");
    }

    private static Port port(List<Port> ports, String name, String side) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new OnnxException(
                                        "no %s %s; there are %s"
                                                .formatted(
                                                        side,
                                                        name,
                                                        ports.stream().map(Port::name).toList())));
    }

    /** The same graph with other nodes and constants. */
    public Graph with(List<Node> otherNodes, Map<String, Tensor> otherInitializers) {
        return new Graph(name, inputs, outputs, otherNodes, otherInitializers, valueTypes);
    }

    /** The number of scalar values in all floating-point initializers. */
    public long parameters() {
        return initializers.values().stream()
                .filter(tensor -> tensor.elementType() != ElementType.INT64)
                .mapToLong(tensor -> tensor.shape().elements())
                .sum();
    }
}
