package dev.snug.onnx.shape;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the random graphs of {@link ShapeOracleTest} do not hold: contradictions, operators without
 * a rule, attributes of older operator sets, names of sizes. The oracle is the operator's text in
 * the ONNX specification, worked out by hand.
 */
class ShapeInferenceTest {
    private static final Dimension BATCH = Dimension.symbol("batch");

    /** An input: a shape of floats, or numbers known before the run. */
    private static String input(GraphBuilder builder, String name, Object input) {
        return switch (input) {
            case Shape shape -> builder.input(name, new TensorType(ElementType.FLOAT, shape));
            case long[] values -> builder.initializer(name, Tensor.longs(values, values.length));
            case float[] values -> builder.initializer(name, Tensor.floats(values, values.length));
            default -> throw new IllegalArgumentException(input.toString());
        };
    }

    private static Model model(String operator, List<Object> inputs, Named... attributes) {
        GraphBuilder builder = new GraphBuilder("g");
        List<String> names = new ArrayList<>();
        for (Object input : inputs) {
            names.add(input(builder, "in" + names.size(), input));
        }
        builder.addNode(operator, names, List.of("y"), attributes);
        return Model.of(builder.build());
    }

    private static Shape shape(Object... sizes) {
        return new Shape(
                Stream.of(sizes)
                        .map(
                                size ->
                                        size instanceof Integer fixed
                                                ? Dimension.of(fixed)
                                                : (Dimension) size)
                        .toList());
    }

    @ParameterizedTest(name = "{0}{1}")
    @MethodSource
    void contradictionsNameTheNode(
            String operator, List<Object> inputs, Named[] attributes, String reason) {
        Model model = model(operator, inputs, attributes);

        assertThatThrownBy(() -> ShapeInference.infer(model))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("graph g: node y = " + operator + "(")
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> contradictionsNameTheNode() {
        Shape picture = shape(1, 3, 8, 8);
        Shape kernel = shape(4, 3, 3, 3);
        Shape matrix = shape(2, 3);
        return Stream.of(
                bad("Add", "broadcast is 2 and 4", List.of(matrix, shape(4, 1))),
                bad("Conv", "channels is 3 and 2", List.of(picture, shape(4, 2, 3, 3))),
                bad("Conv", "bias", List.of(picture, kernel, shape(5))),
                bad("Conv", "4 dimensions, the kernel 3", List.of(picture, shape(4, 3, 3))),
                bad("Conv", "does not fit", List.of(shape(1, 3, 2, 2), kernel)),
                bad(
                        "Conv",
                        "pads has 2 values, 4",
                        List.of(picture, kernel),
                        attribute("pads", new long[] {1, 1})),
                bad(
                        "Conv",
                        "auto_pad is SOME",
                        List.of(picture, kernel),
                        attribute("auto_pad", "SOME")),
                bad(
                        "MaxPool",
                        "strides and dilations",
                        List.of(picture),
                        attribute("kernel_shape", new long[] {2, 2}),
                        attribute("strides", new long[] {0, 1})),
                bad("MatMul", "inner size is 3 and 4", List.of(matrix, shape(4, 5))),
                bad("Gemm", "must have 2", List.of(picture, matrix)),
                bad("Gemm", "added matrix", List.of(matrix, shape(3, 4), shape(5, 2, 4))),
                bad("Concat", "dimension 1 is 3 and 4", List.of(matrix, shape(2, 4))),
                bad("Concat", "2 and 1 dimensions", List.of(matrix, shape(2))),
                bad("Reshape", "elements is 6 and 7", List.of(matrix, new long[] {7})),
                bad("Reshape", "rows of 4", List.of(matrix, new long[] {4, -1})),
                bad("Reshape", "negative", List.of(matrix, new long[] {-1, -1})),
                bad("Reshape", "must hold integers", List.of(matrix, new float[] {6})),
                bad("Reshape", "more than 64", List.of(matrix, new long[65])),
                bad("Flatten", "axis 3 of 2", List.of(matrix), attribute("axis", 3)),
                bad("Transpose", "no order", List.of(matrix), attribute("perm", new long[] {0, 0})),
                bad("Squeeze", "axis 0 is 2 and 1", List.of(matrix, new long[] {0})),
                bad("Unsqueeze", "named twice", List.of(matrix, new long[] {0, 0})),
                bad("ReduceSum", "axis 2 of 2", List.of(matrix, new long[] {2})),
                bad("Pad", "3 pads for 2 axes", List.of(matrix, new long[3])),
                bad("Pad", "negative: -1", List.of(matrix, new long[] {-3, 0, 0, 0})),
                bad("Pad", "overflow", List.of(matrix, new long[] {Long.MAX_VALUE, 0, 1, 0})),
                bad(
                        "Slice",
                        "step of 0",
                        List.of(
                                matrix,
                                new long[] {0},
                                new long[] {1},
                                new long[] {0},
                                new long[] {0})),
                bad(
                        "Slice",
                        "different lengths",
                        List.of(matrix, new long[] {0}, new long[] {1, 2})),
                bad("GatherElements", "number of dimensions", List.of(matrix, shape(2))),
                bad("Where", "input 1 is missing", List.of()),
                bad("Relu", "input 0 is missing", List.of()),
                bad("Constant", "one attribute", List.of()),
                bad("Cast", "unknown tensor element type 0", List.of(matrix)));
    }

    private static Arguments bad(
            String operator, String reason, List<?> inputs, Named... attributes) {
        return arguments(operator, inputs, attributes, reason);
    }

    @ParameterizedTest(name = "{0}{1}")
    @MethodSource
    void theShapeIs(String operator, List<Object> inputs, Named[] attributes, Shape expected) {
        assertThat(ShapeInference.infer(model(operator, inputs, attributes)).get("y"))
                .isEqualTo(new TensorType(ElementType.FLOAT, expected));
    }

    static Stream<Arguments> theShapeIs() {
        Shape open = shape(BATCH, 3, 8, 8);
        long end = Long.MAX_VALUE;
        return Stream.of(
                good("Conv", shape(BATCH, 4, 6, 6), List.of(open, shape(4, 3, 3, 3))),
                good("Reshape", shape(BATCH, 192), List.of(open, new long[] {0, -1})),
                good("Reshape", shape(BATCH), List.of(shape(BATCH, 1), new long[] {-1})),
                good("Flatten", shape(BATCH, 192), List.of(open)),
                good("Add", shape(BATCH, 3), List.of(shape(BATCH, 3), shape(BATCH, 1))),
                good("Add", shape(5, 3), List.of(shape(BATCH, 3), shape(5, 1))),
                good(
                        "Slice",
                        shape(BATCH, 2, 8, 8),
                        List.of(open, new long[] {0, 1}, new long[] {end, end}, new long[] {0, 1})),
                good("Reshape", shape(Dimension.unknown()), List.of(open, new long[] {-1})),
                // As operator sets before 13 (Squeeze, ReduceSum), 11 (Pad), 10 (Slice) said it.
                good(
                        "Squeeze",
                        shape(2, 3),
                        List.of(shape(2, 1, 3)),
                        attribute("axes", new long[] {1})),
                good(
                        "Unsqueeze",
                        shape(1, 2),
                        List.of(shape(2)),
                        attribute("axes", new long[] {0})),
                good(
                        "ReduceSum",
                        shape(2, 1),
                        List.of(shape(2, 3)),
                        attribute("axes", new long[] {-1})),
                good(
                        "Pad",
                        shape(5, 6),
                        List.of(shape(2, 3)),
                        attribute("pads", new long[] {1, 2, 2, 1})),
                good(
                        "Slice",
                        shape(2, 1),
                        List.of(shape(2, 3)),
                        attribute("starts", new long[] {-1}),
                        attribute("ends", new long[] {9}),
                        attribute("axes", new long[] {1})),
                good(
                        "Constant",
                        shape(3),
                        List.of(),
                        new Named("value_floats", new Attribute.OfFloats(List.of(1f, 2f, 3f)))));
    }

    private static Arguments good(
            String operator, Shape expected, List<?> inputs, Named... attributes) {
        return arguments(operator, inputs, attributes, expected);
    }

    @Test
    void inputsOfDifferentElementTypesContradict() {
        GraphBuilder builder = new GraphBuilder("g");
        builder.input("x", TensorType.floats(2));
        builder.addNode(
                "Add",
                List.of("x", builder.initializer("one", Tensor.longs(new long[] {1}, 1))),
                List.of("y"));
        Model model = Model.of(builder.build());

        assertThatThrownBy(() -> ShapeInference.infer(model))
                .hasMessageContaining("FLOAT and of INT64");
    }

    @Test
    void anUnknownOperatorHasTheDeclaredTypeOrNone() {
        GraphBuilder builder = new GraphBuilder("g");
        builder.input("x", TensorType.floats(2));
        builder.addNode("Strange", List.of("x"), List.of("declared"));
        builder.addNode("Strange", List.of("x"), List.of("none"));
        builder.addNode("Relu", List.of("declared"), List.of("after"));
        builder.addNode("Relu", List.of("none"), List.of("nothing"));
        builder.valueType("declared", TensorType.floats(7));

        assertThat(ShapeInference.infer(Model.of(builder.build())))
                .containsOnlyKeys("x", "declared", "after")
                .containsEntry("after", TensorType.floats(7));
    }

    @Test
    void aDeclaredTypeThatIsNotTheInferredOneContradicts() {
        GraphBuilder builder = new GraphBuilder("g");
        builder.input("x", TensorType.floats(2));
        builder.addNode("Relu", List.of("x"), List.of("y"));
        builder.output("y", TensorType.floats(3));
        Model model = Model.of(builder.build());

        assertThatThrownBy(() -> ShapeInference.infer(model))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("y, inferred and declared, dimension 0 is 2 and 3");
    }

    @Test
    void gatherCannotMakeDimensionsWithoutEnd() {
        GraphBuilder builder = new GraphBuilder("g");
        builder.input("x", TensorType.floats(2, 2, 2));
        String last = "x";
        for (int step = 0; step < 100; step++) {
            last = builder.add("Gather", "more", List.of(last, last));
        }
        Model model = Model.of(builder.build());

        assertThatThrownBy(() -> ShapeInference.infer(model))
                .hasMessageContaining("dimensions; the limit is 32");
    }

    @Test
    void annotatingFillsInTheValuesBetweenNodes() {
        GraphBuilder builder = new GraphBuilder("g");
        builder.input("x", new TensorType(ElementType.FLOAT, shape(BATCH, 4)));
        String weight = builder.initializer("w", Tensor.floats(new float[12], 4, 3));
        builder.addNode("MatMul", List.of("x", weight), List.of("inner"));
        builder.addNode("Relu", List.of("inner"), List.of("y"));
        builder.output("y", new TensorType(ElementType.FLOAT, shape(Dimension.unknown(), 3)));

        Model annotated = ShapeInference.annotate(Model.of(builder.build()));

        assertThat(annotated.graph().valueTypes())
                .containsOnlyKeys("inner")
                .containsEntry("inner", new TensorType(ElementType.FLOAT, shape(BATCH, 3)));
    }
}
