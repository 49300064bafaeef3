package dev.snug.vision.explain;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.runtime.session.OrtEvaluator;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds the types of a test graph's values by running it: sizes as ONNX Runtime has them. */
final class Typed {
    private static final Set<String> MAKES_TRUTH =
            Set.of("Greater", "Less", "Equal", "And", "GreaterOrEqual");

    private Typed() {}

    /** The graph of {@code builder} with the types of all its values, and its outputs typed. */
    static Graph graph(GraphBuilder builder, String... outputs) {
        Graph graph = builder.build();
        GraphBuilder probe = GraphBuilder.from(graph);
        TensorType sizes =
                new TensorType(ElementType.INT64, new Shape(List.of(Dimension.unknown())));
        Map<String, String> probes = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            for (String value : node.outputs()) {
                String shape = probe.add("Shape", "shape", List.of(value));
                probe.output(shape, sizes);
                probes.put(value, shape);
            }
        }
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Port port : graph.inputs()) {
            int elements = (int) port.type().shape().elements();
            inputs.put(
                    port.name(), Tensor.floats(new float[elements], port.type().shape().sizes()));
        }
        Map<String, Tensor> found = new OrtEvaluator().evaluate(Model.of(probe.build()), inputs);
        for (Node node : graph.nodes()) {
            ElementType type =
                    MAKES_TRUTH.contains(node.operator()) ? ElementType.BOOL : ElementType.FLOAT;
            for (String value : node.outputs()) {
                Shape shape = shape(found.get(probes.get(value)));
                builder.valueType(value, new TensorType(type, shape));
            }
        }
        for (String output : outputs) {
            TensorType type = builder.build().valueTypes().get(output);
            builder.output(output, Objects.requireNonNull(type, output));
        }
        return builder.build();
    }

    private static Shape shape(@Nullable Tensor sizes) {
        return Shape.of(Objects.requireNonNull(sizes).toLongs());
    }
}
