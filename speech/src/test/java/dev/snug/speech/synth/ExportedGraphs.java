package dev.snug.speech.synth;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Two graphs side by side: one by an exporter, one that should be like it. */
final class ExportedGraphs {
    private static final Path OF_RUNTIME =
            Path.of("../runtime/src/test/resources/dev/snug/runtime/session");

    private static final Path OWN = Path.of("src/test/resources/golden/export");

    /** Tensors of fewer values are settings, not weights. */
    private static final int WEIGHT_VALUES_MIN = 16;

    private ExportedGraphs() {}

    /** The value of {@code key}, which must be there. */
    static <T> T of(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    static Model golden(String name) throws IOException {
        return ModelReader.read((name.equals("decode") ? OWN : OF_RUNTIME).resolve(name + ".onnx"));
    }

    /**
     * Each node as text: operator, attributes, and where each input comes from. Tensors of a few
     * values are written out, weights by their type.
     */
    static List<String> wiring(Graph graph) {
        Map<String, String> origins = new HashMap<>();
        graph.inputs().forEach(port -> origins.put(port.name(), port.name()));
        graph.initializers().forEach((name, tensor) -> origins.put(name, told(tensor)));
        List<String> lines = new ArrayList<>();
        for (Node node : graph.nodes()) {
            int at = lines.size();
            lines.add(
                    node.operator()
                            + attributes(node)
                            + node.inputs().stream()
                                    .map(input -> origins.getOrDefault(input, input))
                                    .toList());
            for (int i = 0; i < node.outputs().size(); i++) {
                origins.put(node.outputs().get(i), "%" + at + ":" + i);
            }
        }
        return lines;
    }

    private static String attributes(Node node) {
        return new TreeMap<>(node.attributes())
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + value(e.getValue()))
                        .collect(Collectors.joining(" ", "(", ")"));
    }

    private static String value(Attribute attribute) {
        return attribute instanceof Attribute.OfTensor(Tensor tensor)
                ? told(tensor)
                : attribute.toString();
    }

    private static String told(Tensor tensor) {
        if (tensor.shape().elements() >= WEIGHT_VALUES_MIN) {
            return tensor.toString();
        }
        return tensor
                + switch (tensor.elementType()) {
                    case FLOAT -> Arrays.toString(tensor.toFloats());
                    case INT64 -> Arrays.toString(tensor.toLongs());
                    default -> "[" + tensor.bytes().getInt() + "]";
                };
    }

    /**
     * {@code made} with the weights that {@code golden} has in the same places. What nobody trains
     * stays: initializers called "table", and constants that are told to.
     */
    static Model withWeights(Model made, Model golden, List<String> keptConstants) {
        Map<String, Tensor> weights = new LinkedHashMap<>(made.graph().initializers());
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < made.graph().nodes().size(); i++) {
            Node node = made.graph().nodes().get(i);
            Node model = golden.graph().nodes().get(i);
            for (int input = 0; input < node.inputs().size(); input++) {
                String name = node.input(input);
                Tensor weight = golden.graph().initializers().get(model.input(input));
                if (weights.containsKey(name) && weight != null && !name.startsWith("table")) {
                    weights.put(name, weight);
                }
            }
            nodes.add(isWeight(node, keptConstants) ? model.withOutputs(node.outputs()) : node);
        }
        Graph graph = made.graph();
        return made.withGraph(
                new Graph(
                        graph.name(),
                        graph.inputs(),
                        graph.outputs(),
                        nodes,
                        weights,
                        graph.valueTypes()));
    }

    private static boolean isWeight(Node node, List<String> kept) {
        Tensor value = node.is("Constant") ? node.tensorAttribute("value") : null;
        return value != null
                && value.elementType() == ElementType.FLOAT
                && value.shape().elements() >= WEIGHT_VALUES_MIN
                && !kept.contains(value.shape().toString());
    }
}
