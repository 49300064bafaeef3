package dev.snug.onnx.surgery;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a graph that depends on one input, laid out once for each of several values of it, so
 * that one run computes them all and loads the weights once.
 *
 * <p>Wanted values are taken together only while the weights they need stay under {@link
 * #WEIGHT_BYTES_MAX}, which bounds the memory of a run whatever the size of the model.
 *
 * @param types the types known for the values of the model
 * @param dependent the values that depend on {@code input} and on nothing else but constants
 * @param wanted the values to compute
 */
record Unrolled(
        Model model,
        Map<String, TensorType> types,
        String input,
        Set<String> dependent,
        Set<String> wanted) {
    /**
     * Weights of one run. An evaluator may hold them three times: as a graph, as a file and as its
     * own copy. The largest single value of F5 base needs 25 MB.
     */
    private static final long WEIGHT_BYTES_MAX = 64L << 20;

    /** For each of {@code values} a tensor for each wanted value by name. */
    List<Map<String, Tensor>> evaluate(List<Tensor> values, Evaluator evaluator) {
        List<Map<String, Tensor>> rows = new ArrayList<>();
        values.forEach(unused -> rows.add(new LinkedHashMap<>()));
        Map<String, Tensor> fed = new HashMap<>();
        for (int row = 0; row < values.size(); row++) {
            fed.put(copy(input, row), values.get(row));
        }
        for (List<String> group : groups()) {
            Model unrolled = model.withGraph(unroll(part(group), values.size()));
            Map<String, Tensor> results = evaluator.evaluate(unrolled, fed);
            for (int row = 0; row < rows.size(); row++) {
                for (String value : group) {
                    Tensor result = results.get(copy(value, row));
                    if (result == null) {
                        throw new OnnxException("the evaluator gave no value " + value);
                    }
                    rows.get(row).put(value, result);
                }
            }
        }
        return rows;
    }

    private List<List<String>> groups() {
        List<List<String>> groups = new ArrayList<>();
        Set<String> weights = new HashSet<>();
        long weightBytes = 0;
        for (String value : wanted) {
            Map<String, Tensor> own = part(List.of(value)).initializers();
            long more = 0;
            for (Map.Entry<String, Tensor> weight : own.entrySet()) {
                more += weights.contains(weight.getKey()) ? 0 : weight.getValue().byteSize();
            }
            if (groups.isEmpty() || weightBytes + more > WEIGHT_BYTES_MAX) {
                groups.add(new ArrayList<>());
                weights.clear();
                weightBytes = 0;
                more = own.values().stream().mapToLong(Tensor::byteSize).sum();
            }
            groups.getLast().add(value);
            weights.addAll(own.keySet());
            weightBytes += more;
        }
        return groups;
    }

    /** What of the graph is needed for {@code outputs}. */
    private Graph part(List<String> outputs) {
        Graph graph = model.graph();
        List<Port> ports = outputs.stream().map(name -> new Port(name, type(name))).toList();
        return Prune.unused(
                new Graph(
                        graph.name(),
                        List.of(graph.input(input)),
                        ports,
                        graph.nodes(),
                        graph.initializers(),
                        Map.of()));
    }

    private TensorType type(String value) {
        TensorType type = types.get(value);
        if (type == null) {
            throw new OnnxException(
                    "%s cannot be computed beforehand for each value of input %s: its type is unknown"
                            .formatted(value, input));
        }
        return type;
    }

    private Graph unroll(Graph part, int rows) {
        List<Port> inputs = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int at = row;
            part.inputs().forEach(port -> inputs.add(copy(port, at)));
        }
        for (Port port : part.outputs()) {
            for (int row = 0; row < rows; row++) {
                outputs.add(copy(port, row));
            }
        }
        List<Node> nodes = new ArrayList<>(part.nodes());
        nodes.removeIf(node -> Dependence.makes(node, dependent));
        for (Node node : part.nodes()) {
            // All rows of a node before the next: mapped weights are then read once, not per row.
            for (int row = 0; row < rows && Dependence.makes(node, dependent); row++) {
                nodes.add(copy(node, row));
            }
        }
        return new Graph(part.name(), inputs, outputs, nodes, part.initializers(), Map.of());
    }

    private Node copy(Node node, int row) {
        return new Node(
                copy(node.name(), row),
                node.domain(),
                node.operator(),
                node.inputs().stream()
                        .map(name -> dependent.contains(name) ? copy(name, row) : name)
                        .toList(),
                node.outputs().stream()
                        .map(name -> name.isEmpty() ? name : copy(name, row))
                        .toList(),
                node.attributes());
    }

    private static Port copy(Port port, int row) {
        return new Port(copy(port.name(), row), port.type());
    }

    /** A model that has such names itself is refused by the evaluator as malformed. */
    private static String copy(String name, int row) {
        return "row" + row + "/" + name;
    }
}
