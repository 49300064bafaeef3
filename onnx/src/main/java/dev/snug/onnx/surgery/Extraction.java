package dev.snug.onnx.surgery;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The edit that keeps of a graph what some of its values need, and no more: a part to run alone.
 */
public final class Extraction {
    private Extraction() {}

    /**
     * The part of {@code model} that computes {@code outputs} from the inputs that they need.
     *
     * @param name what the part is called
     * @param outputs values of the graph with what is known of their types
     */
    public static Model of(Model model, String name, List<Port> outputs) {
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
        inputs.removeIf(port -> !read.contains(port.name()));
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
