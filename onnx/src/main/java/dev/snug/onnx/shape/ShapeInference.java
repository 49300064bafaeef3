package dev.snug.onnx.shape;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the element type and shape of every value of a graph that follows from its inputs, nodes
 * and constants, in one pass in execution order.
 *
 * <p>Named and unknown sizes travel through. A value made by an operator without a rule (see {@link
 * Rules}) has the type that the graph declares for it, or none. Graphs inside nodes are not
 * entered.
 */
public final class ShapeInference {
    private final Graph graph;
    private final Map<String, TensorType> declared = new HashMap<>();
    private final Map<String, TensorType> types = new LinkedHashMap<>();
    private final Map<String, Tensor> constants = new HashMap<>();

    private ShapeInference(Graph graph) {
        this.graph = graph;
        declared.putAll(graph.valueTypes());
        graph.outputs().forEach(port -> declared.put(port.name(), port.type()));
        graph.inputs().forEach(port -> types.put(port.name(), port.type()));
        graph.initializers().forEach((name, tensor) -> types.put(name, tensor.type()));
        constants.putAll(graph.initializers());
    }

    /**
     * The types of all values of which one can be found, by name: inputs and initializers first,
     * then what the nodes make.
     *
     * @throws OnnxException when sizes or types contradict each other; names the node
     */
    public static Map<String, TensorType> infer(Model model) {
        ShapeInference inference = new ShapeInference(model.graph());
        model.graph().nodes().forEach(inference::visit);
        return inference.types;
    }

    /**
     * The same model with the types of all values between nodes filled in.
     *
     * @throws OnnxException when sizes or types contradict each other; names the node
     */
    public static Model annotate(Model model) {
        Graph graph = model.graph();
        Map<String, TensorType> inner = infer(model);
        inner.keySet().removeAll(graph.initializers().keySet());
        graph.inputs().stream().map(Port::name).forEach(inner::remove);
        graph.outputs().stream().map(Port::name).forEach(inner::remove);
        return model.withGraph(
                new Graph(
                        graph.name(),
                        graph.inputs(),
                        graph.outputs(),
                        graph.nodes(),
                        graph.initializers(),
                        inner));
    }

    private void visit(Node node) {
        try {
            boolean isTyped =
                    node.inputs().stream()
                            .allMatch(name -> name.isEmpty() || types.containsKey(name));
            if (isTyped) {
                Rules.of(node.domain(), node.operator()).infer(new Site(node, types, constants));
            }
            for (String output : node.outputs()) {
                mergeDeclared(output);
            }
            KnownIntegers.of(node, types, constants)
                    .ifPresent(value -> constants.put(node.output(0), value));
        } catch (OnnxException | ArithmeticException e) {
            throw new OnnxException(
                    "graph %s: node %s with inputs %s: %s"
                            .formatted(graph.name(), node, inputTypes(node), e.getMessage()),
                    e);
        }
        constant(node);
    }

    private void mergeDeclared(String value) {
        TensorType asDeclared = declared.get(value);
        if (asDeclared == null) {
            return;
        }
        TensorType inferred = types.get(value);
        types.put(value, inferred == null ? asDeclared : same(inferred, asDeclared, value));
    }

    private static TensorType same(TensorType inferred, TensorType declared, String value) {
        if (inferred.elementType() != declared.elementType()) {
            throw new OnnxException(
                    "%s is declared as %s and comes out as %s"
                            .formatted(value, declared, inferred));
        }
        List<Dimension> both =
                Dimensions.same(
                        inferred.shape().dimensions(),
                        declared.shape().dimensions(),
                        "%s, inferred and declared,".formatted(value));
        return new TensorType(inferred.elementType(), new Shape(both));
    }

    /** Notes the value of a Constant node, which later nodes may read as axes or sizes. */
    private void constant(Node node) {
        if (!node.is("Constant")) {
            return;
        }
        Tensor value = constantValue(node);
        if (value != null) {
            constants.put(node.output(0), value);
        }
    }

    private static @Nullable Tensor constantValue(Node node) {
        for (Attribute attribute : node.attributes().values()) {
            switch (attribute) {
                case Attribute.OfTensor(Tensor value) -> {
                    return value;
                }
                case Attribute.OfLong(long value) -> {
                    return Tensor.longs(new long[] {value});
                }
                case Attribute.OfLongs(List<Long> values) -> {
                    return Tensor.longs(
                            values.stream().mapToLong(Long::longValue).toArray(), values.size());
                }
                default -> {}
            }
        }
        return null;
    }

    private String inputTypes(Node node) {
        return node.inputs().stream()
                .map(name -> name.isEmpty() ? "none" : String.valueOf(types.get(name)))
                .toList()
                .toString();
    }
}
