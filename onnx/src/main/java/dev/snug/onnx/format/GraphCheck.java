package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Checks that the names of a graph fit together: each value is made once, before it is read, and
 * each output is made. A graph inside a node also sees the values of the graphs around it.
 */
final class GraphCheck {
    private final String place;
    private final @Nullable GraphCheck outer;
    private final Set<String> made = new HashSet<>();

    private GraphCheck(String place, @Nullable GraphCheck outer) {
        this.place = place;
        this.outer = outer;
    }

    /**
     * Checks {@code graph} and the graphs inside it.
     *
     * @throws OnnxException naming {@code file}, graph, node and value
     */
    static void check(Graph graph, String file) {
        new GraphCheck(file + ": graph " + graph.name(), null).check(graph);
    }

    private void check(Graph graph) {
        graph.inputs().forEach(port -> make(port.name(), "input"));
        graph.initializers().keySet().forEach(name -> make(name, "initializer"));
        for (Node node : graph.nodes()) {
            check(node);
        }
        Set<String> outputs = new HashSet<>();
        for (Port output : graph.outputs()) {
            if (!sees(output.name())) {
                throw error("nothing makes the output " + output.name());
            }
            if (!outputs.add(output.name())) {
                throw error("there are two outputs " + output.name());
            }
        }
    }

    private void check(Node node) {
        for (String input : node.inputs()) {
            if (!input.isEmpty() && !sees(input)) {
                throw error(
                        "node %s reads %s, which nothing makes before it".formatted(node, input));
            }
        }
        for (Attribute attribute : node.attributes().values()) {
            if (attribute instanceof Attribute.OfGraph(Graph inner)) {
                String innerPlace = place + ": node " + node + ": graph " + inner.name();
                new GraphCheck(innerPlace, this).check(inner);
            }
        }
        for (String output : node.outputs()) {
            if (!output.isEmpty()) {
                make(output, "output of node " + node);
            }
        }
    }

    private void make(String name, String what) {
        if (!made.add(name)) {
            throw error("the value %s is made twice, the second time as %s".formatted(name, what));
        }
    }

    private boolean sees(String name) {
        for (GraphCheck scope = this; scope != null; scope = scope.outer) {
            if (scope.made.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private OnnxException error(String message) {
        return new OnnxException(place + ": " + message);
    }
}
