package dev.snug.onnx.quantize;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The edit that stores the weights of a network of convolutions in a quarter of the bytes: each
 * large float32 kernel, and each large matrix of its dense layers, becomes int8 with a float32
 * scale for each output channel ({@link ChannelGrid}) and a DequantizeLinear behind it. The graph
 * still computes in float32; only the weights are rounded. What a gradient reads of a weight is the
 * same rounded value, because both read what DequantizeLinear makes.
 */
public final class ConvolutionWeights {
    /**
     * Values; below, the two nodes of a weight that is laid out for a processor, 10 KiB each with
     * their kernels, take what the file saves.
     */
    public static final long VALUES_MIN = 8192;

    /** Input of a node that is its weight. */
    static final int WEIGHT = 1;

    private static final String VALUES_SUFFIX = ".int8";
    private static final String SCALES_SUFFIX = ".scales";

    /**
     * A weight that can be stored in fewer bytes.
     *
     * @param name of the initializer
     * @param values how many it has
     * @param axis along which its output channels lie, the first or the last
     */
    public record Weight(String name, long values, int axis) {}

    private ConvolutionWeights() {}

    /**
     * The weights of {@code model} that have {@link #VALUES_MIN} values or more, as they are used.
     */
    public static List<Weight> of(Model model) {
        Map<String, Weight> found = new LinkedHashMap<>();
        for (Node node : model.graph().nodes()) {
            String name = node.input(WEIGHT);
            Tensor tensor = model.graph().initializers().get(name);
            if (tensor != null && isLarge(tensor) && isWeighing(node, tensor.shape())) {
                // The first use counts: gradients read the same matrix turned around, later.
                found.putIfAbsent(
                        name, new Weight(name, tensor.shape().elements(), axis(node, tensor)));
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isLarge(Tensor tensor) {
        return tensor.elementType() == ElementType.FLOAT && tensor.shape().elements() >= VALUES_MIN;
    }

    private static boolean isWeighing(Node node, Shape shape) {
        return node.is("Conv") || (shape.rank() == 2 && (node.is("Gemm") || node.is("MatMul")));
    }

    private static int axis(Node node, Tensor weight) {
        boolean isFirst = node.is("Conv") || node.longAttribute("transB", 0) != 0;
        return isFirst ? 0 : weight.shape().rank() - 1;
    }

    /**
     * The same model with its large weights as int8, each rounded to the nearest.
     *
     * @param wide names of {@link #of} that stay float32
     * @param file where the new weights go
     * @throws OnnxException when a weight is not finite
     */
    public static Model int8(Model model, Set<String> wide, TensorFile file) {
        return int8(model, wide, Map.of(), file);
    }

    /**
     * The same model with its large weights as int8.
     *
     * @param rounded values of weights that are not rounded to the nearest ({@link
     *     CompensatedRounding}), by the weight's name
     */
    public static Model int8(
            Model model, Set<String> wide, Map<String, Tensor> rounded, TensorFile file) {
        Graph graph = model.graph();
        GraphBuilder names = GraphBuilder.from(graph);
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        for (Weight weight : of(model)) {
            Tensor tensor = initializers.get(weight.name());
            if (tensor == null || wide.contains(weight.name())) {
                continue;
            }
            initializers.remove(weight.name());
            ChannelGrid grid = ChannelGrid.along(weight.axis(), tensor.shape());
            float[] scales = grid.scales(weight.name(), tensor);
            String values = names.fresh(weight.name() + VALUES_SUFFIX);
            String scalesName = names.fresh(weight.name() + SCALES_SUFFIX);
            Tensor chosen = rounded.get(weight.name());
            initializers.put(
                    values,
                    chosen != null
                            ? chosen
                            : file.tensor(
                                    ElementType.INT8, tensor.shape(), grid.values(tensor, scales)));
            initializers.put(scalesName, Tensor.floats(scales, scales.length));
            nodes.add(dequantized(values, scalesName, weight));
        }
        // At the front of the file, where the engine runs each right before the node that reads it:
        // further back it would run all of them first and hold every weight at once.
        nodes.addAll(graph.nodes());
        return model.withGraph(graph.with(nodes, initializers));
    }

    private static Node dequantized(String values, String scales, Weight weight) {
        return new Node(
                weight.name(),
                "",
                "DequantizeLinear",
                List.of(values, scales),
                List.of(weight.name()),
                Map.of("axis", new Attribute.OfLong(weight.axis())));
    }
}
