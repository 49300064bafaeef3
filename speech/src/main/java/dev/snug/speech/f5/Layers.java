package dev.snug.speech.f5;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Layers as PyTorch names and stores them, added to a graph under construction. Values are [1,
 * frames, channels] unless a method says otherwise.
 */
public final class Layers {
    /** ε of every LayerNorm of F5-TTS and Vocos; 1e-5, PyTorch's own, is a measurable mistake. */
    public static final float NORM_EPSILON = 1e-6f;

    /** The operators of ONNX Runtime that are not in the standard. */
    private static final String MICROSOFT = "com.microsoft";

    private final GraphBuilder graph;
    private final Weights weights;

    public Layers(GraphBuilder graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    public GraphBuilder graph() {
        return graph;
    }

    public Weights weights() {
        return weights;
    }

    /** The finished graph as a model of the operator sets used here. */
    public Model model() {
        return new Model(
                Model.IR_VERSION,
                Map.of("", Model.OPSET, MICROSOFT, 1L),
                "snug",
                Map.of(),
                graph.build());
    }

    public String add(String operator, String hint, String... inputs) {
        return graph.add(operator, hint, List.of(inputs));
    }

    /** A float constant of one dimension. */
    public String constant(String hint, float... values) {
        return graph.initializer(hint, Tensor.floats(values, values.length));
    }

    /** The one-dimensional weight {@code name} as it is. */
    public String vector(String name, int size) {
        return graph.initializer(name, weights.tensor(name, size));
    }

    /** {@code torch.nn.Linear}. */
    public String linear(String x, String name, int in, int out) {
        return linear(x, name, in, out, weights.tensor(name + ".bias", out));
    }

    /** {@code torch.nn.Linear} with another bias than the stored one. */
    public String linear(String x, String name, int in, int out, Tensor bias) {
        String matrix =
                graph.initializer(name + ".weight", weights.transposed(name + ".weight", out, in));
        String product = add("MatMul", name + ".product", x, matrix);
        return add("Add", name, product, graph.initializer(name + ".bias", bias));
    }

    /** {@code torch.nn.LayerNorm} with its own scale and bias. */
    public String norm(String x, String name, int channels) {
        return norm(x, name, vector(name + ".weight", channels), vector(name + ".bias", channels));
    }

    /** LayerNorm with the values {@code scale} and {@code bias} of the graph, [channels] each. */
    public String norm(String x, String hint, String scale, String bias) {
        return graph.add(
                "LayerNormalization",
                hint,
                List.of(x, scale, bias),
                GraphBuilder.attribute("axis", -1),
                GraphBuilder.attribute("epsilon", NORM_EPSILON));
    }

    /** The exact GELU, by the error function, or its approximation by tanh. */
    public String gelu(String x, boolean exact) {
        return graph.add(
                "Gelu",
                x + ".gelu",
                List.of(x),
                GraphBuilder.attribute("approximate", exact ? "none" : "tanh"));
    }

    /** How many channels the ConvNeXt block {@code name} widens to. */
    public int innerChannels(String name) {
        return (int) weights.shape(name + ".pwconv1.weight", 2).size(0);
    }

    /**
     * The first half of the ConvNeXt block {@code name} (Liu et al., arXiv:2201.03545): depthwise
     * convolution, LayerNorm, linear to {@link #innerChannels}, GELU. What follows differs between
     * the text embedding of F5-TTS and {@link #convNeXt}.
     */
    public String widened(String x, String name, int channels) {
        String y = convolution(swapped(x), name + ".dwconv", channels, channels, channels);
        y = norm(swapped(y), name + ".norm", channels);
        return gelu(linear(y, name + ".pwconv1", channels, innerChannels(name)), true);
    }

    /**
     * The whole ConvNeXt block {@code name}: {@link #widened}, back to {@code channels}, scaled by
     * its gamma, on top of {@code x}.
     */
    public String convNeXt(String x, String name, int channels) {
        String y = widened(x, name, channels);
        y = linear(y, name + ".pwconv2", innerChannels(name), channels);
        y = add("Mul", name + ".scaled", vector(name + ".gamma", channels), y);
        return add("Add", name, x, y);
    }

    /** x · sigmoid(x). */
    public String silu(String x) {
        return add("Mul", x + ".silu", x, add("Sigmoid", x + ".sigmoid", x));
    }

    /** x · tanh(ln(1 + eˣ)); ONNX Runtime has no kernel of the operator Mish. */
    public String mish(String x) {
        String bound = add("Tanh", x + ".tanh", add("Softplus", x + ".softplus", x));
        return add("Mul", x + ".mish", x, bound);
    }

    /** Channels before frames and back: [1, a, b] becomes [1, b, a]. */
    public String swapped(String x) {
        return graph.add(
                "Transpose",
                x + ".swapped",
                List.of(x),
                GraphBuilder.attribute("perm", new long[] {0, 2, 1}));
    }

    /**
     * {@code torch.nn.Conv1d} that keeps the number of frames, on [1, channels, frames].
     *
     * @param groups parts of the channels that do not see each other
     */
    public String convolution(String x, String name, int in, int out, int groups) {
        int kernel = (int) weights.shape(name + ".weight", 3).size(2);
        Tensor tensor = weights.tensor(name + ".weight", out, in / groups, kernel);
        return graph.add(
                "Conv",
                name,
                List.of(
                        x,
                        graph.initializer(name + ".weight", tensor),
                        vector(name + ".bias", out)),
                GraphBuilder.attribute("kernel_shape", new long[] {kernel}),
                GraphBuilder.attribute("pads", new long[] {kernel / 2, (kernel - 1) / 2}),
                GraphBuilder.attribute("group", groups));
    }

    /** The result of an operator of ONNX Runtime's own. */
    public String microsoft(
            String operator, String hint, List<String> inputs, Named... attributes) {
        return microsoft(operator, List.of(hint), inputs, attributes).getFirst();
    }

    /**
     * All results of an operator of ONNX Runtime's own.
     *
     * @param hints a name for each; empty for one that is not wanted
     */
    public List<String> microsoft(
            String operator, List<String> hints, List<String> inputs, Named... attributes) {
        Map<String, Attribute> map = new LinkedHashMap<>();
        for (Named named : attributes) {
            map.put(named.key(), named.value());
        }
        List<String> outputs =
                hints.stream().map(hint -> hint.isEmpty() ? "" : graph.fresh(hint)).toList();
        graph.addNode(new Node(outputs.getFirst(), MICROSOFT, operator, inputs, outputs, map));
        return outputs;
    }

    /** The parts of {@code x} along {@code axis}, in order. */
    public List<String> split(String x, int axis, long... sizes) {
        List<String> parts =
                Arrays.stream(sizes).mapToObj(size -> graph.fresh(x + ".part")).toList();
        String lengths = graph.initializer(x + ".parts", Tensor.longs(sizes, sizes.length));
        graph.addNode("Split", List.of(x, lengths), parts, GraphBuilder.attribute("axis", axis));
        return parts;
    }

    /**
     * {@code count} equal parts of {@code x} along its only axis. Their sizes are no tensor: of 128
     * and more it would be external data, which ONNX Runtime does not read while it infers shapes.
     */
    public List<String> equalParts(String x, int count) {
        List<String> parts =
                IntStream.range(0, count).mapToObj(_ -> graph.fresh(x + ".part")).toList();
        graph.addNode(
                "Split",
                List.of(x),
                parts,
                GraphBuilder.attribute("axis", 0),
                GraphBuilder.attribute("num_outputs", count));
        return parts;
    }

    /** Along the channels, one behind the other. */
    public String concat(String hint, List<String> parts) {
        return graph.add("Concat", hint, parts, GraphBuilder.attribute("axis", -1));
    }

    /** The weight {@code name} of whatever shape, its sizes of 1 dropped, as a vector. */
    public String flat(String name, long... sizes) {
        Tensor tensor = weights.tensor(name, sizes);
        return graph.initializer(
                name,
                new Tensor(
                        tensor.elementType(), Shape.of(tensor.shape().elements()), tensor.bytes()));
    }

    /** The type of float32 values [1, frames, channels]. */
    public static TensorType perFrame(Dimension frames, int channels) {
        return new TensorType(
                ElementType.FLOAT,
                new Shape(List.of(Dimension.of(1), frames, Dimension.of(channels))));
    }
}
