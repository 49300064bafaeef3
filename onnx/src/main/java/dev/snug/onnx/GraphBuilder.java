package dev.snug.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph under construction. Values are referred to by name; {@link #add} makes a fresh name for
 * each output, so that callers compose operators like function calls.
 */
public final class GraphBuilder {
    private final String name;
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();
    private final Map<String, TensorType> valueTypes = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    public GraphBuilder(String name) {
        this.name = name;
    }

    /** A builder that starts with all of {@code graph}. */
    public static GraphBuilder from(Graph graph) {
        GraphBuilder builder = new GraphBuilder(graph.name());
        builder.inputs.addAll(graph.inputs());
        builder.outputs.addAll(graph.outputs());
        builder.nodes.addAll(graph.nodes());
        builder.initializers.putAll(graph.initializers());
        builder.valueTypes.putAll(graph.valueTypes());
        graph.inputs().forEach(port -> builder.taken.add(port.name()));
        graph.nodes().forEach(node -> builder.taken.addAll(node.outputs()));
        builder.taken.addAll(graph.initializers().keySet());
        return builder;
    }

    /** Adds a graph input and returns its name. */
    public String input(String inputName, TensorType type) {
        take(inputName);
        inputs.add(new Port(inputName, type));
        return inputName;
    }

    /** Declares an existing value as a graph output. */
    public void output(String value, TensorType type) {
        outputs.add(new Port(value, type));
    }

    /** Adds a constant under a fresh name that begins with {@code hint}, and returns the name. */
    public String initializer(String hint, Tensor tensor) {
        String fresh = fresh(hint);
        initializers.put(fresh, tensor);
        return fresh;
    }

    /** An attribute of a node: sugar for {@link #add}. */
    public record Named(String key, Attribute value) {}

    public static Named attribute(String key, long value) {
        return new Named(key, new Attribute.OfLong(value));
    }

    public static Named attribute(String key, float value) {
        return new Named(key, new Attribute.OfFloat(value));
    }

    public static Named attribute(String key, String value) {
        return new Named(key, new Attribute.OfString(value));
    }

    public static Named attribute(String key, long[] values) {
        return new Named(key, new Attribute.OfLongs(Arrays.stream(values).boxed().toList()));
    }

    /**
     * Adds a standard operator with one output and returns that output's name.
     *
     * @param hint what the output is called, made unique when taken
     */
    public String add(String operator, String hint, List<String> nodeInputs, Named... attributes) {
        String output = fresh(hint);
        addNode(operator, nodeInputs, List.of(output), attributes);
        return output;
    }

    /** Adds a standard operator whose outputs are called exactly {@code nodeOutputs}. */
    public void addNode(
            String operator,
            List<String> nodeInputs,
            List<String> nodeOutputs,
            Named... attributes) {
        Map<String, Attribute> map = new LinkedHashMap<>();
        for (Named named : attributes) {
            map.put(named.key(), named.value());
        }
        addNode(new Node(nodeOutputs.getFirst(), "", operator, nodeInputs, nodeOutputs, map));
    }

    /** Adds a node as it is; its outputs become taken names. */
    public void addNode(Node node) {
        nodes.add(node);
        taken.addAll(node.outputs());
    }

    /** Records what is known of the type of {@code value}. */
    public void valueType(String value, TensorType type) {
        valueTypes.put(value, type);
    }

    /** A name that begins with {@code hint} and that nothing in the graph has. */
    public String fresh(String hint) {
        String candidate = hint;
        for (int suffix = 1; taken.contains(candidate); suffix++) {
            candidate = hint + "_" + suffix;
        }
        taken.add(candidate);
        return candidate;
    }

    private void take(String wanted) {
        if (!taken.add(wanted)) {
            throw new OnnxException("the name " + wanted + " is already taken in " + name);
        }
    }

    public Graph build() {
        return new Graph(name, inputs, outputs, nodes, initializers, valueTypes);
    }
}
