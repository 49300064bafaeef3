package dev.snug.speech.synth;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.RandomElements;
import dev.snug.onnx.format.TensorFile.Elements;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph under construction in the way of torch.onnx: each constant is a node where it is first
 * used, weights are initializers, and the shapes of slices are computed while the graph runs.
 */
final class ExportBuilder {
    /** As DakeQQ/F5-TTS-ONNX sets them for torch.onnx.export. */
    private static final long IR_VERSION = 8;

    private static final long OPSET = 17;

    private final GraphBuilder graph = new GraphBuilder("main_graph");
    private final ExportWeights weights;
    private int count;

    ExportBuilder(ExportWeights weights) {
        this.weights = weights;
    }

    Model model() {
        return new Model(IR_VERSION, Map.of("", OPSET), "snug", Map.of(), graph.build());
    }

    /** Adds an input; sizes are numbers, or texts for what varies. */
    String input(String name, ElementType type, Object... sizes) {
        return graph.input(name, type(type, sizes));
    }

    void output(String name, ElementType type, Object... sizes) {
        graph.output(name, type(type, sizes));
    }

    private static TensorType type(ElementType type, Object... sizes) {
        List<Dimension> dimensions = new ArrayList<>();
        for (Object size : sizes) {
            dimensions.add(
                    size instanceof Integer fixed
                            ? Dimension.of(fixed)
                            : new Dimension.Symbol(size.toString()));
        }
        return new TensorType(type, new Shape(dimensions));
    }

    String op(String operator, List<String> inputs, Named... attributes) {
        count++;
        return graph.add(operator, operator + "_" + count, inputs, attributes);
    }

    String op(String operator, String input, Named... attributes) {
        return op(operator, List.of(input), attributes);
    }

    String op(String operator, String first, String second, Named... attributes) {
        return op(operator, List.of(first, second), attributes);
    }

    /** Adds the operator that makes what the graph calls {@code output}. */
    void named(String output, String operator, List<String> inputs, Named... attributes) {
        graph.addNode(operator, inputs, List.of(output), attributes);
    }

    /** Two equal parts of {@code x} along {@code axis}. */
    List<String> halves(String x, String sizes, int axis) {
        List<String> outputs = List.of(graph.fresh("Split"), graph.fresh("Split"));
        graph.addNode("Split", List.of(x, sizes), outputs, GraphBuilder.attribute("axis", axis));
        return outputs;
    }

    /** The constant list {@code values}, int64. */
    String list(long... values) {
        return constant(Tensor.longs(values, values.length));
    }

    /** The constant {@code value}, int64 without sizes. */
    String whole(long value) {
        return constant(Tensor.longs(new long[] {value}));
    }

    /** The constant {@code value}, int32 without sizes. */
    String whole32(int value) {
        return constant(ExportTensors.int32(value));
    }

    /** The constant {@code value}, float32 without sizes. */
    String number(double value) {
        return constant(Tensor.scalar((float) value));
    }

    /** A constant of many values. */
    String constant(Elements elements, long... sizes) {
        return constant(weights.tensor(Shape.of(sizes), elements));
    }

    /** A constant of many values around {@code centre}. */
    String constant(String name, double centre, double bound, long... sizes) {
        return constant(random(name, centre, bound), sizes);
    }

    private String constant(Tensor tensor) {
        return op("Constant", List.of(), ExportTensors.value(tensor));
    }

    /** An initializer that training made. */
    String weight(String name, long... sizes) {
        Shape shape = Shape.of(sizes);
        return initializer(
                name, weights.tensor(shape, InitialWeights.of(weights.seed(), name, shape)));
    }

    /** The initializer of a linear layer, [in, out], made smaller by {@code factor}. */
    String matrix(String name, long in, long out, double factor) {
        Elements elements = random(name + ".weight", 0, factor / Math.sqrt((double) in));
        return initializer("MatMul", weights.tensor(Shape.of(in, out), elements));
    }

    /** An initializer that nobody trains. */
    String table(Elements elements, long... sizes) {
        return initializer("table", weights.tensor(Shape.of(sizes), elements));
    }

    /** The initializer 0, 1, 2 … */
    String places(long... sizes) {
        long count = Shape.of(sizes).elements();
        long[] values = IntStream.range(0, (int) count).asLongStream().toArray();
        return initializer("table", Tensor.longs(values, sizes));
    }

    /** The int64 initializer with these values, and without sizes when {@code isScalar}. */
    String tableOf(boolean isScalar, long... values) {
        return initializer(
                "table", isScalar ? Tensor.longs(values) : Tensor.longs(values, values.length));
    }

    String tableOf(double value) {
        return initializer("table", Tensor.scalar((float) value));
    }

    private String initializer(String name, Tensor tensor) {
        return graph.initializer(name, tensor);
    }

    private Elements random(String name, double centre, double bound) {
        return RandomElements.of(weights.seed(), name, (float) centre, (float) bound);
    }

    /** x · matrix + bias. */
    String linear(String x, String matrix, String bias) {
        return op("Add", bias, op("MatMul", x, matrix));
    }

    /** A convolution along the frames that keeps their number. */
    String convolution(String x, String weight, String bias, long groups, long kernel) {
        long edge = kernel / 2;
        return op(
                "Conv",
                List.of(x, weight, bias),
                longs("dilations", 1),
                GraphBuilder.attribute("group", groups),
                longs("kernel_shape", kernel),
                longs("pads", edge, edge),
                longs("strides", 1));
    }

    /** The exact GELU, by the error function. */
    String gelu(String x) {
        String ratio = op("Div", x, number(Math.sqrt(2)));
        String erf = op("Erf", ratio);
        String product = op("Mul", x, op("Add", erf, number(1)));
        return op("Mul", product, number(0.5));
    }

    String reshape(String x, String sizes) {
        return op("Reshape", x, sizes, GraphBuilder.attribute("allowzero", 0));
    }

    String transposed(String x, long... axes) {
        return op("Transpose", x, longs("perm", axes));
    }

    String cast(String x, ElementType type) {
        return op("Cast", x, GraphBuilder.attribute("to", type.code()));
    }

    String joined(int axis, String... parts) {
        return op("Concat", List.of(parts), GraphBuilder.attribute("axis", axis));
    }

    String gathered(String x, String index, int axis) {
        return op("Gather", x, index, GraphBuilder.attribute("axis", axis));
    }

    /** {@code count} equal parts of {@code x} along {@code axis}, as torch.chunk is exported. */
    List<String> chunks(String x, int axis, int count) {
        String shape = op("Shape", x);
        String along = list(axis);
        String whole = gathered(shape, along, 0);
        String begin = list(0);
        String more = op("Add", whole, list(count - 1L));
        String size = op("Div", more, list(count));
        List<String> parts = new ArrayList<>();
        for (int part = 1; part <= count; part++) {
            String end = op("Mul", size, list(part));
            parts.add(op("Slice", List.of(x, begin, end, along)));
            begin = end;
        }
        return parts;
    }

    static Named longs(String key, long... values) {
        return GraphBuilder.attribute(key, values);
    }
}
