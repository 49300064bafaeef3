package dev.snug.onnx.surgery;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The edit that keeps of a graph what some of its values need, and no more: a part to run alone.
 */
public final class Extraction {
    private Extraction() {}

    /**
     * The part of {@code model} that computes {@code values} from the inputs that they need.
     *
     * @param name what the part is called
     * @param values what becomes its outputs, in this order
     * @throws OnnxException when the type of a value is not known
     */
    public static Model of(Model model, String name, List<String> values) {
        Map<String, TensorType> types = ShapeInference.infer(model);
        List<Port> outputs = new ArrayList<>();
        for (String value : values) {
            TensorType type = types.get(value);
            if (type == null) {
                throw new OnnxException(
                        "%s cannot be computed alone: the type of %s is unknown"
                                .formatted(name, value));
            }
            outputs.add(new Port(value, type));
        }
        Graph graph = model.graph();
        Graph part =
                Prune.unused(
                        new Graph(
                                name,
                                graph.inputs(),
                                outputs,
                                graph.nodes(),
                                graph.initializers(),
                                graph.valueTypes()));
        Set<String> read = part.nodes().stream().flatMap(Prune::reads).collect(Collectors.toSet());
        List<Port> inputs = new ArrayList<>(part.inputs());
        inputs.removeIf(port -> !read.contains(port.name()) && !values.contains(port.name()));
        return model.withGraph(
                new Graph(
                        name,
                        inputs,
                        outputs,
                        part.nodes(),
                        part.initializers(),
                        part.valueTypes()));
    }
}
