package dev.snug.onnx.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Copies of right factors. The oracle is ONNX Runtime's source, written out by hand; that processes
 * take as much is measured by {@code bench/run memory}.
 */
class PackingTest {
    private static final int ROWS = 100;
    private static final int COLUMNS = 40;

    @Test
    void wholeNumbersArePackedInGroupsOf64RowsAnd16ColumnsWithASumOfEach() {
        Packing packing =
                of("MatMulIntegerToFloat", ElementType.INT8, Shape.of(ROWS, COLUMNS), Map.of());

        assertThat(packing).isEqualTo(new Packing(4000, 4000, 48 * (128 + 4), 4000));
    }

    @Test
    void blocksOf4BitsTakeAsManyBytesAgain() {
        Packing packing =
                of(
                        "MatMulNBits",
                        ElementType.UINT8,
                        Shape.of(COLUMNS, 4, 16),
                        Map.of("bits", new Attribute.OfLong(4)));

        assertThat(packing).isEqualTo(new Packing(2560, 2560, 2560, 2560));
    }

    @Test
    void blocksOf8BitsAreReadWhereTheyLie() {
        Packing packing =
                of(
                        "MatMulNBits",
                        ElementType.UINT8,
                        Shape.of(COLUMNS, 4, 32),
                        Map.of("bits", new Attribute.OfLong(8)));

        assertThat(packing).isEqualTo(new Packing(5120, 0, 0, 0));
    }

    private static Packing of(
            String operator, ElementType type, Shape shape, Map<String, Attribute> attributes) {
        GraphBuilder builder = new GraphBuilder("product");
        TensorType rows =
                new TensorType(
                        ElementType.FLOAT,
                        new Shape(List.of(Dimension.symbol("rows"), Dimension.of(ROWS))));
        builder.input("x", rows);
        int bytes = (int) shape.elements();
        builder.initializer("w", new Tensor(type, shape, ByteBuffer.allocateDirect(bytes)));
        builder.addNode(
                new Node(
                        "product",
                        "com.microsoft",
                        operator,
                        List.of("x", "w"),
                        List.of("y"),
                        attributes));
        builder.output("y", rows);
        return Packing.of(Model.of(builder.build()));
    }
}
