package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;

import java.util.HexFormat;
import java.util.TreeMap;

/** All that a model holds as text, one fact a line, so that tests can compare two models. */
final class ModelText {
    private final StringBuilder text = new StringBuilder();

    static String of(Model model) {
        ModelText all = new ModelText();
        all.line("ir " + model.irVersion());
        all.line("opsets " + new TreeMap<>(model.opsets()));
        all.line("producer " + model.producer());
        all.line("metadata " + new TreeMap<>(model.metadata()));
        all.graph(model.graph());
        return all.text.toString();
    }

    static String of(Tensor tensor) {
        byte[] bytes = new byte[tensor.byteSize()];
        tensor.bytes().get(bytes);
        return tensor.type() + " " + HexFormat.of().formatHex(bytes);
    }

    private void graph(Graph graph) {
        line("graph " + graph.name());
        graph.inputs().forEach(port -> line("input " + port));
        graph.outputs().forEach(port -> line("output " + port));
        graph.initializers().forEach((name, tensor) -> line(name + " = " + of(tensor)));
        graph.nodes().forEach(this::node);
        graph.valueTypes().forEach((name, type) -> line("value " + name + " " + type));
        line("end of " + graph.name());
    }

    private void node(Node node) {
        line("node " + node.name() + " " + node.domain() + " " + node.operator());
        line("  reads " + node.inputs() + " makes " + node.outputs());
        new TreeMap<>(node.attributes())
                .forEach(
                        (key, value) -> {
                            switch (value) {
                                case Attribute.OfTensor(Tensor tensor) ->
                                        line("  " + key + " = " + of(tensor));
                                case Attribute.OfGraph(Graph graph) -> graph(graph);
                                default -> line("  " + key + " = " + value);
                            }
                        });
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
