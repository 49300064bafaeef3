package dev.snug.onnx.quantize;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A product of a value with a constant matrix, with the addition of a constant vector where one
 * follows: what {@code torch.nn.Linear} becomes.
 *
 * @param weight the name of the matrix as it is stored, which tells what the layer is
 * @param left the value that is multiplied
 * @param bias the name of the vector; empty for none
 * @param output the name of the result
 * @param node the product itself
 * @param addition the addition; null for none, or where the product itself adds
 */
record Product(
        String weight,
        Factor factor,
        String left,
        String bias,
        String output,
        Node node,
        @Nullable Node addition) {

    /** All of {@code graph}, in order. */
    static List<Product> of(Graph graph) {
        Map<String, Node> casts = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.is("Cast") && graph.initializers().containsKey(node.input(0))) {
                casts.put(node.output(0), node);
            }
        }
        Map<String, List<Node>> consumers = graph.consumers();
        List<Product> products = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Node cast = casts.get(node.input(1));
            String stored = cast == null ? node.input(1) : cast.input(0);
            Tensor tensor = graph.initializers().get(stored);
            if (tensor == null || !Factor.fits(tensor)) {
                continue;
            }
            if (node.is("MatMul")) {
                products.add(multiplied(graph, consumers, node, stored, new Factor(tensor, false)));
            } else if (isPlainGemm(node)) {
                Factor factor = new Factor(tensor, node.longAttribute("transB", 0) != 0);
                String bias = node.input(2);
                if (bias.isEmpty() || isVector(graph, bias, factor.columns())) {
                    String output = node.output(0);
                    products.add(
                            new Product(stored, factor, node.input(0), bias, output, node, null));
                }
            }
        }
        return products;
    }

    private static Product multiplied(
            Graph graph,
            Map<String, List<Node>> consumers,
            Node node,
            String stored,
            Factor factor) {
        String result = node.output(0);
        List<Node> readers = consumers.getOrDefault(result, List.of());
        boolean isOutput = graph.outputs().stream().anyMatch(port -> port.name().equals(result));
        if (readers.size() == 1 && !isOutput && readers.getFirst().is("Add")) {
            Node addition = readers.getFirst();
            String other = addition.input(addition.input(0).equals(result) ? 1 : 0);
            if (isVector(graph, other, factor.columns())) {
                return new Product(
                        stored, factor, node.input(0), other, addition.output(0), node, addition);
            }
        }
        return new Product(stored, factor, node.input(0), "", result, node, null);
    }

    private static boolean isVector(Graph graph, String name, int size) {
        Tensor vector = graph.initializers().get(name);
        return vector != null
                && vector.elementType() == ElementType.FLOAT
                && vector.shape().equals(Shape.of(size));
    }

    /** α and β 1, the left factor as it is. */
    private static boolean isPlainGemm(Node node) {
        return node.is("Gemm")
                && node.longAttribute("transA", 0) == 0
                && node.floatAttribute("alpha", 1) == 1
                && node.floatAttribute("beta", 1) == 1;
    }

    /** The layer it belongs to, without its number: {@code blocks.*.attn.to_q.weight 1024x1024}. */
    String group() {
        String name = weight.replaceFirst("\\.half$", "").replaceAll("[0-9]+", "*");
        return "%s %dx%d".formatted(name, factor.rows(), factor.columns());
    }
}
