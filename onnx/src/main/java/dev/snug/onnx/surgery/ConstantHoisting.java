package dev.snug.onnx.surgery;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The edit that makes initializers of Constant nodes: only initializers can be kept outside the
 * graph's file, and exporters leave whole weight matrices in such nodes.
 *
 * <p>A constant that is no tensor, such as a list of numbers, stays a node, and so does one inside
 * the body of another node.
 */
public final class ConstantHoisting {
    private ConstantHoisting() {}

    /** The same model with its constants as initializers of the same names. */
    public static Model hoist(Model model) {
        Graph graph = model.graph();
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Tensor value = node.is("Constant") ? node.tensorAttribute("value") : null;
            if (value == null) {
                nodes.add(node);
            } else {
                initializers.put(node.output(0), value);
            }
        }
        return model.withGraph(graph.with(nodes, initializers));
    }
}
