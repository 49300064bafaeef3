package dev.snug.onnx.shape;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Sizes as exporters compute them. The oracle is the operator's text in the ONNX specification. */
class ExportedSizesTest {
    private final GraphBuilder builder = new GraphBuilder("g");

    /** Patches are padded by it: -7 modulo 4 is 1 in Python, and 7 modulo -4 is 3 in C. */
    @ParameterizedTest
    @CsvSource({"-7, 4, 0, 1", "7, 4, 0, 3", "8, 4, 0, 0", "7, -4, 1, 3"})
    void aRemainderOfKnownNumbersIsKnown(long left, long right, long fmod, long remainder) {
        builder.initializer("left", Tensor.longs(new long[] {left}, 1));
        builder.initializer("right", Tensor.longs(new long[] {right}, 1));
        builder.addNode("Mod", List.of("left", "right"), List.of("rest"), attribute("fmod", fmod));
        builder.addNode("ConstantOfShape", List.of("rest"), List.of("y"));

        assertThat(ShapeInference.infer(Model.of(builder.build())))
                .containsEntry("y", TensorType.floats(remainder));
    }

    /** Code 1 is float, and 0 stands for no code. */
    @ParameterizedTest
    @CsvSource({"1, FLOAT", "11, DOUBLE", "0, FLOAT"})
    void randomNumbersAreInTheShapeOfAnother(long code, ElementType type) {
        Shape shape = new Shape(List.of(Dimension.symbol("batch"), Dimension.of(3)));
        builder.input("x", new TensorType(ElementType.FLOAT, shape));
        builder.addNode("RandomNormalLike", List.of("x"), List.of("y"), attribute("dtype", code));

        assertThat(ShapeInference.infer(Model.of(builder.build())))
                .containsEntry("y", new TensorType(type, shape));
    }
}
