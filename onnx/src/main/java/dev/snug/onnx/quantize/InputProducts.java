package dev.snug.onnx.quantize;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;
import dev.snug.onnx.surgery.Prune;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The edit that makes a graph say what its layers see: for each weight the sum of x·xᵀ, [inputs,
 * inputs], over the inputs x that its output channels are sums over, all places of a picture. That
 * is what {@link CompensatedRounding} rounds by. Pure.
 */
public final class InputProducts {
    /** Inputs of an output channel; above, products take more than 20 MiB of float32. */
    private static final long INPUTS_MAX = 2304;

    private static final String SUFFIX = ".products";

    private final Model model;
    private final GraphBuilder graph;

    private InputProducts(Model model) {
        this.model = model;
        Graph all = model.graph();
        Graph bare =
                new Graph(
                        all.name(),
                        all.inputs(),
                        List.of(),
                        all.nodes(),
                        all.initializers(),
                        Map.of());
        this.graph = GraphBuilder.from(bare);
    }

    /**
     * The weights of {@link ConvolutionWeights#of} whose products can be had, and how many inputs
     * each has: not those of convolutions in groups, nor those with thousands of inputs.
     */
    public static Map<Weight, Integer> measurable(Model model) {
        Map<Weight, Integer> inputs = new LinkedHashMap<>();
        for (Weight weight : ConvolutionWeights.of(model)) {
            Node node = reader(model, weight);
            Shape shape = shape(model, weight);
            long count = shape.elements() / shape.size(weight.axis());
            if (node.longAttribute("group", 1) == 1
                    && node.longAttribute("transA", 0) == 0
                    && count <= INPUTS_MAX) {
                inputs.put(weight, Math.toIntExact(count));
            }
        }
        return inputs;
    }

    /** What the products of {@code weight} are called in {@link #of}. */
    public static String name(Weight weight) {
        return weight.name() + SUFFIX;
    }

    /**
     * {@code model} with its inputs, and the products of {@code weights} as its only outputs.
     *
     * @param weights some of {@link #measurable}
     */
    public static Model of(Model model, Collection<Weight> weights) {
        InputProducts products = new InputProducts(model);
        weights.forEach(products::add);
        return model.withGraph(Prune.unused(products.graph.build()));
    }

    private static Node reader(Model model, Weight weight) {
        return model.graph().nodes().stream()
                .filter(node -> node.input(ConvolutionWeights.WEIGHT).equals(weight.name()))
                .findFirst()
                .orElseThrow();
    }

    private static Shape shape(Model model, Weight weight) {
        return Objects.requireNonNull(model.graph().initializers().get(weight.name())).shape();
    }

    private void add(Weight weight) {
        Node node = reader(model, weight);
        Shape shape = shape(model, weight);
        long inputs = shape.elements() / shape.size(weight.axis());
        String columns;
        if (node.is("Conv")) {
            columns = reshaped(windows(node, shape), inputs, -1);
        } else {
            String rows = reshaped(node.input(0), -1, inputs);
            columns = graph.add("Transpose", "columns", List.of(rows));
        }
        String turned = graph.add("Transpose", "rows", List.of(columns));
        graph.addNode("MatMul", List.of(columns, turned), List.of(name(weight)));
        graph.output(name(weight), new TensorType(ElementType.FLOAT, Shape.of(inputs, inputs)));
    }

    private String reshaped(String value, long... sizes) {
        String shape = graph.initializer("sizes", Tensor.longs(sizes, sizes.length));
        return graph.add("Reshape", "inputs", List.of(value, shape));
    }

    /**
     * The inputs of each place, [1, channels · kernel, h, w]: a convolution that takes each place
     * of its window apart.
     */
    private String windows(Node node, Shape shape) {
        int channels = Math.toIntExact(shape.size(1));
        int window = Math.toIntExact(shape.elements() / shape.size(0) / channels);
        float[] picks = new float[channels * window * window];
        for (int row = 0; row < channels * window; row++) {
            picks[row * window + row % window] = 1;
        }
        long[] sizes = shape.sizes();
        sizes[0] = (long) channels * window;
        sizes[1] = 1;
        Map<String, Attribute> attributes = new HashMap<>(node.attributes());
        attributes.put("group", attribute("group", channels).value());
        List<String> inputs = new ArrayList<>(List.of(node.input(0)));
        inputs.add(graph.initializer("picks", Tensor.floats(picks, sizes)));
        String windows = graph.fresh("windows");
        graph.addNode(new Node(windows, "", "Conv", inputs, List.of(windows), attributes));
        return windows;
    }
}
