package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Node;
import dev.snug.onnx.TensorType;

import java.util.List;
import java.util.Map;

/** An operator with a body that reads values of the graph around it. */
final class If {
    private If() {}

    /** The node {@code y = If(x)} whose body adds {@code left} and {@code right}. */
    static Node reading(String left, String right) {
        GraphBuilder body = new GraphBuilder("body");
        body.output(body.add("Add", "sum", List.of(left, right)), TensorType.floats(2));
        Graph graph = body.build();
        return new Node(
                "y",
                "",
                "If",
                List.of("x"),
                List.of("y"),
                Map.of(
                        "then_branch", new Attribute.OfGraph(graph),
                        "else_branch", new Attribute.OfGraph(graph)));
    }
}
