package dev.snug.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.runtime.plan.Predicted.Part;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/**
 * How a prediction follows what is asked. The oracle is arithmetic on a graph of one product; that
 * the sums are what processes take is measured by {@code bench/run memory}.
 */
class MemoryModelTest {
    private static final long MIB = 1 << 20;
    private static final int INNER = 512;
    private static final int COLUMNS = 1000;

    /** Columns in groups of 16. */
    private static final int PACKED_COLUMNS = 1008;

    private static final long WEIGHTS = (long) INNER * COLUMNS * Float.BYTES;
    private static final long PACKED = (long) INNER * PACKED_COLUMNS * Float.BYTES;

    private static Model product() {
        GraphBuilder builder = new GraphBuilder("product");
        builder.input("x", rows(INNER));
        String w =
                builder.initializer("w", Tensor.floats(new float[INNER * COLUMNS], INNER, COLUMNS));
        builder.addNode("MatMul", List.of("x", w), List.of("y"));
        builder.output("y", rows(COLUMNS));
        return Model.of(builder.build());
    }

    private static TensorType rows(int values) {
        return new TensorType(
                ElementType.FLOAT,
                new Shape(List.of(Dimension.symbol("rows"), Dimension.of(values))));
    }

    private static Predicted predict(long rows, int runs, boolean mapped, boolean arena) {
        Stage.Settings settings = new Stage.Settings(1, mapped, arena);
        return MemoryModel.predict(Stage.of(product(), Map.of("rows", rows), runs, settings), 0);
    }

    private static Part part(Predicted predicted, String name) {
        return predicted.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mappedWeightsAreFilePagesAndPackedOnesAreNot() {
        Part mapped = part(predict(1, 1, true, false), "weights");
        Part packed = part(predict(1, 1, false, false), "weights");

        assertThat(mapped.anonymousBytes()).isZero();
        assertThat(mapped.mappedBytes()).isEqualTo(WEIGHTS);
        assertThat(packed.anonymousBytes()).isBetween(PACKED, PACKED + PACKED / 50);
        assertThat(packed.mappedBytes()).as("the one that is being copied").isEqualTo(WEIGHTS);
    }

    @Test
    void inputsAndActivationsGrowWithTheRows() {
        Predicted few = predict(100, 1, true, false);
        Predicted many = predict(200, 1, true, false);

        long input = 100L * INNER * Float.BYTES;
        long result = 100L * COLUMNS * Float.BYTES;
        assertThat(part(many, "inputs").anonymousBytes() - part(few, "inputs").anonymousBytes())
                .isEqualTo(input);
        // A small result is native memory and a copy that soon dies.
        assertThat(many.anonymousBytes() - few.anonymousBytes()).isEqualTo(input + 2 * result);
        assertThat(many.mappedBytes()).isEqualTo(few.mappedBytes());
    }

    @Test
    void largeResultsOfEveryRunStayOnTheHeap() {
        long rows = 2048;
        long result = rows * COLUMNS * Float.BYTES;

        long once = predict(rows, 1, true, false).anonymousBytes();
        long thrice = predict(rows, 3, true, false).anonymousBytes();

        assertThat(thrice - once).isBetween(2 * result, 2 * result + result / 50);
    }

    @Test
    void anArenaTakesNoLessThanTheSamePiecesOneByOne() {
        assertThat(predict(300, 2, true, true).anonymousBytes())
                .isGreaterThan(predict(300, 2, true, false).anonymousBytes());
    }

    @Test
    void theResidentSetIsTheSumOfTheParts() {
        Predicted predicted = predict(10, 1, true, false);

        assertThat(predicted.residentBytes())
                .isEqualTo(
                        predicted.parts().stream()
                                .mapToLong(part -> part.anonymousBytes() + part.mappedBytes())
                                .sum())
                .isBetween(80 * MIB, 90 * MIB);
    }

    @Test
    void aSizeThatIsNotGivenIsNamed() {
        Stage.Settings settings = new Stage.Settings(1, true, false);

        assertThatThrownBy(() -> Stage.of(product(), Map.of("frames", 3L), 1, settings))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("rows")
                .hasMessageContaining("frames=3");
    }
}
