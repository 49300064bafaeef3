package dev.snug.onnx.surgery;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The edit that computes beforehand what depends on constants alone, and keeps the results as
 * initializers instead of the nodes.
 *
 * <p>A node stays when one of its results is larger than the bound or of unknown size: exported
 * graphs make tables of many megabytes from a few numbers. What such a node reads is folded still.
 * Nodes with a body or with random numbers stay.
 */
public final class ConstantFolding {
    /** Bytes of all results of one edit, the part of the memory that the edit itself needs. */
    public static final long TOTAL_BYTES_MAX = 256L << 20;

    private ConstantFolding() {}

    /**
     * The same model with constant parts computed.
     *
     * @param valueBytesMax the largest result of a node that is folded, in bytes, whether it is
     *     kept or only read by the next; 0 or more
     * @throws OnnxException when the evaluator fails, or the results together would exceed {@link
     *     #TOTAL_BYTES_MAX}
     */
    public static Model fold(Model model, long valueBytesMax, Evaluator evaluator) {
        Graph graph = model.graph();
        Map<String, TensorType> types = ShapeInference.infer(model);
        Set<String> constants =
                Dependence.closure(
                        graph,
                        graph.initializers().keySet(),
                        node ->
                                node.outputs().stream()
                                        .filter(name -> !name.isEmpty())
                                        .allMatch(name -> bytes(types.get(name)) <= valueBytesMax));
        Set<String> wanted = Dependence.frontier(graph, constants);
        graph.outputs().stream().map(Port::name).filter(constants::contains).forEach(wanted::add);
        wanted.removeAll(graph.initializers().keySet());
        if (wanted.isEmpty()) {
            return model;
        }
        long total = wanted.stream().mapToLong(name -> bytes(types.get(name))).sum();
        if (total > TOTAL_BYTES_MAX) {
            throw new OnnxException(
                    "the constants of %s take %d bytes, more than %d; lower the bound of one value"
                            .formatted(graph.name(), total, TOTAL_BYTES_MAX));
        }
        List<Port> ports = wanted.stream().map(name -> port(name, types)).toList();
        return model.withGraph(replace(graph, evaluate(model, ports, evaluator), constants));
    }

    private static Map<String, Tensor> evaluate(
            Model model, List<Port> ports, Evaluator evaluator) {
        Graph graph = model.graph();
        Graph part =
                Prune.unused(
                        new Graph(
                                graph.name(),
                                List.of(),
                                ports,
                                graph.nodes(),
                                graph.initializers(),
                                Map.of()));
        Map<String, Tensor> results = evaluator.evaluate(model.withGraph(part), Map.of());
        Map<String, Tensor> inOrder = new LinkedHashMap<>();
        for (Port port : ports) {
            Tensor result = results.get(port.name());
            if (result == null) {
                throw new OnnxException("the evaluator gave no value " + port.name());
            }
            inOrder.put(port.name(), result);
        }
        return inOrder;
    }

    private static Graph replace(Graph graph, Map<String, Tensor> results, Set<String> constants) {
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        initializers.putAll(results);
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.removeIf(node -> Dependence.makes(node, constants));
        Map<String, TensorType> types = new LinkedHashMap<>(graph.valueTypes());
        types.keySet().removeAll(constants);
        return Prune.unused(
                new Graph(
                        graph.name(), graph.inputs(), graph.outputs(), nodes, initializers, types));
    }

    private static Port port(String name, Map<String, TensorType> types) {
        TensorType type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("a value of unknown size was taken as small: " + name);
        }
        return new Port(name, type);
    }

    /** The size of a value; beyond any bound when it is not known or cannot be kept. */
    private static long bytes(@Nullable TensorType type) {
        return type != null && type.shape().isFixed() && type.elementType() != ElementType.STRING
                ? type.elementType().bytes(type.shape().elements())
                : Long.MAX_VALUE;
    }
}
