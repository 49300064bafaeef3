package dev.snug.onnx.shape;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Shapes of operators that ONNX Runtime puts into the graphs it rewrites, and of those by which
 * exporters calculate sizes. The oracle is the operators' text, worked out by hand.
 */
class EngineOperatorsTest {
    private static final Dimension FRAMES = Dimension.symbol("frames");

    private final GraphBuilder builder = new GraphBuilder("g");

    private static Shape open(long last) {
        return new Shape(List.of(Dimension.of(1), FRAMES, Dimension.of(last)));
    }

    private void input(String name, Shape shape) {
        builder.input(name, new TensorType(ElementType.FLOAT, shape));
    }

    private void longs(String name, long... values) {
        builder.initializer(name, Tensor.longs(values, values.length));
    }

    private void node(
            String domain,
            String operator,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {
        builder.addNode(new Node("n", domain, operator, inputs, outputs, attributes));
    }

    private Shape shape(String value) {
        TensorType type = ShapeInference.infer(Model.of(builder.build())).get(value);
        return Objects.requireNonNull(type, value).shape();
    }

    @Test
    void attentionHasTheQuerysFramesAndTheValuesWidth() {
        input("q", open(64));
        input("k", Shape.of(1, 7, 64));
        input("v", Shape.of(1, 7, 32));
        node(
                "com.microsoft",
                "MultiHeadAttention",
                List.of("q", "k", "v"),
                List.of("y"),
                Map.of("num_heads", new Attribute.OfLong(2)));

        assertThat(shape("y")).isEqualTo(open(32));
    }

    @Test
    void theNormOfASumGivesTheSumAsWell() {
        input("x", open(8));
        input("r", Shape.of(1, 5, 8));
        input("w", Shape.of(8));
        node(
                "com.microsoft",
                "SkipLayerNormalization",
                List.of("x", "r", "w"),
                List.of("y", "", "", "sum"),
                Map.of());

        assertThat(shape("y")).isEqualTo(open(8));
        assertThat(shape("sum")).isEqualTo(open(8));
    }

    @Test
    void blocksOfChannelsAreFilledUpAndEmptiedAgain() {
        input("x", Shape.of(1, 9, 9, 24));
        node(
                "com.microsoft.nchwc",
                "ReorderInput",
                List.of("x"),
                List.of("blocks"),
                Map.of("channels_last", new Attribute.OfLong(1)));
        builder.initializer("w", Tensor.floats(new float[48 * 24 * 9], 48, 24, 3, 3));
        node("com.microsoft.nchwc", "Conv", List.of("blocks", "w"), List.of("y"), Map.of());
        node(
                "com.microsoft.nchwc",
                "ReorderOutput",
                List.of("y"),
                List.of("z"),
                Map.of("channels", new Attribute.OfLong(40)));

        assertThat(shape("blocks")).isEqualTo(Shape.of(1, 32, 9, 9));
        assertThat(shape("y")).isEqualTo(Shape.of(1, 48, 7, 7));
        assertThat(shape("z")).isEqualTo(Shape.of(1, 40, 7, 7));
    }

    @Test
    void splitsAreEqualOrAsGiven() {
        input("x", open(10));
        longs("sizes", 7, 3);
        builder.addNode("Split", List.of("x", "sizes"), List.of("a", "b"), attribute("axis", -1));
        builder.addNode("Split", List.of("x"), List.of("c", "d", "e"), attribute("axis", 2));

        assertThat(shape("a")).isEqualTo(open(7));
        assertThat(shape("b")).isEqualTo(open(3));
        assertThat(shape("c")).isEqualTo(open(4));
        assertThat(shape("e")).isEqualTo(open(2));
    }

    @Test
    void sizesForMorePartsThanThereAreContradict() {
        input("x", open(10));
        longs("sizes", 7, 2, 1);
        builder.addNode("Split", List.of("x", "sizes"), List.of("a", "b"), attribute("axis", 2));

        assertThatThrownBy(() -> shape("a"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("3 sizes for 2 parts");
    }

    @Test
    void aTransposedConvolutionSpreads() {
        input("x", Shape.of(1, 4, 10));
        builder.initializer("w", Tensor.floats(new float[4 * 3 * 8], 4, 3, 8));
        builder.addNode(
                "ConvTranspose",
                List.of("x", "w"),
                List.of("y"),
                attribute("strides", new long[] {2}),
                attribute("pads", new long[] {1, 2}));

        // (10 - 1) * 2 + 8 - 3
        assertThat(shape("y")).isEqualTo(Shape.of(1, 3, 23));
    }

    @Test
    void sizesThatAreCalculatedAreKnown() {
        input("x", Shape.of(1, 12, 5));
        builder.addNode("Shape", List.of("x"), List.of("sizes"));
        longs("one", 1);
        builder.addNode("Gather", List.of("sizes", "one"), List.of("rows"));
        longs("half", 2);
        builder.addNode("Div", List.of("rows", "half"), List.of("halves"));
        builder.addNode(
                "Concat", List.of("half", "halves", "half"), List.of("to"), attribute("axis", 0));
        builder.addNode("ConstantOfShape", List.of("to"), List.of("zeros"));
        longs("minus", -1);
        builder.addNode("Concat", List.of("minus", "rows"), List.of("into"), attribute("axis", 0));
        builder.addNode("Reshape", List.of("x", "into"), List.of("y"));

        assertThat(shape("zeros")).isEqualTo(Shape.of(2, 6, 2));
        assertThat(shape("y")).isEqualTo(Shape.of(5, 12));
    }

    @Test
    void padsThatAreTurnedAroundAreKnown() {
        input("x", Shape.of(1, 100));
        builder.initializer("pairs", Tensor.longs(new long[] {3, 4, 0, 0}, 2, 2));
        longs("last", -1);
        longs("begin", Long.MIN_VALUE + 1);
        longs("axis", 0);
        builder.addNode(
                "Slice", List.of("pairs", "last", "begin", "axis", "last"), List.of("turned"));
        builder.addNode(
                "Transpose",
                List.of("turned"),
                List.of("columns"),
                attribute("perm", new long[] {1, 0}));
        builder.addNode("Reshape", List.of("columns", "last"), List.of("pads"));
        builder.addNode("Pad", List.of("x", "pads"), List.of("y"));

        // [[0, 0], [3, 4]] as columns: 0, 3, 0, 4.
        assertThat(shape("y")).isEqualTo(Shape.of(1, 107));
    }
}
