package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.quantize.MatrixWeights;
import dev.snug.onnx.quantize.MatrixWeights.Group;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.shape.ShapeInference;
import dev.snug.onnx.surgery.HalfStorage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Matrices in fewer bits. The oracles are the unedited graph in ONNX Runtime, and for the stored
 * values the definition: round(w / scale), computed here from the plain weights.
 */
class MatrixWeightsTest {
    private static final int ROWS = 5;
    private static final int IN = 256;
    private static final int OUT = 96;
    private static final int LARGEST = 63;

    @TempDir private Path folder;
    private Arena arena;
    private TensorFile file;

    @BeforeEach
    void open() throws IOException {
        arena = Arena.ofConfined();
        file = TensorFile.create(folder, arena);
    }

    @AfterEach
    void close() {
        file.close();
        arena.close();
    }

    /** Two linear layers over one value, the second stored the other way round. */
    private static Model linear(float[] a, float[] b) {
        GraphBuilder graph = new GraphBuilder("linear");
        TensorType type = new TensorType(ElementType.FLOAT, Shape.of(ROWS, IN));
        String x = graph.input("x", type);
        String wa = graph.initializer("blocks.0.a.weight", Tensor.floats(a, IN, OUT));
        String wb = graph.initializer("blocks.0.b.weight", Tensor.floats(b, OUT, IN));
        String bias = graph.initializer("bias", Tensor.floats(random(OUT, 3), OUT));
        String product = graph.add("MatMul", "product", List.of(x, wa));
        String left = graph.add("Add", "left", List.of(bias, product));
        String right =
                graph.add(
                        "Gemm", "right", List.of(x, wb, bias), GraphBuilder.attribute("transB", 1));
        graph.addNode("Sub", List.of(left, right), List.of("y"));
        graph.output("y", new TensorType(ElementType.FLOAT, Shape.of(ROWS, OUT)));
        return Model.of(graph.build());
    }

    private static Model linear() {
        return linear(random(IN * OUT, 1), random(IN * OUT, 2));
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] run(Model model) {
        Map<String, Tensor> x = Map.of("x", Tensor.floats(random(ROWS * IN, 9), ROWS, IN));
        return Objects.requireNonNull(new OrtEvaluator().evaluate(model, x).get("y")).toFloats();
    }

    private static double relativeError(float[] exact, float[] rounded) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < exact.length; i++) {
            off += (exact[i] - rounded[i]) * (double) (exact[i] - rounded[i]);
            all += exact[i] * (double) exact[i];
        }
        return Math.sqrt(off / all);
    }

    private static Tensor stored(Model model, String name) {
        return Objects.requireNonNull(model.graph().initializers().get(name));
    }

    @ParameterizedTest
    @CsvSource({"INT8, 0.002, 0.01", "INT4, 0.03, 0.15", "DYNAMIC_INT8, 0.005, 0.03"})
    void theResultIsOffByTheRoundingOfTheBitsAndNoMore(
            Precision to, double atLeast, double atMost) {
        Model model = linear();
        Model small = MatrixWeights.of(model, to, _ -> false, file);

        assertThat(relativeError(run(model), run(small))).isBetween(atLeast, atMost);
        assertThat(small.graph().nodes()).noneMatch(node -> node.is("MatMul") || node.is("Gemm"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT4", "DYNAMIC_INT8"})
    void shapesAreKnownAndTheGraphGivesWhatItGave(Precision to) {
        Model model = linear();
        Model small = MatrixWeights.of(model, to, _ -> false, file);

        assertThat(small.graph().outputs()).isEqualTo(model.graph().outputs());
        assertThat(ShapeInference.infer(small))
                .containsEntry("y", new TensorType(ElementType.FLOAT, Shape.of(ROWS, OUT)))
                .containsKeys(
                        small.graph().nodes().stream()
                                .flatMap(node -> node.outputs().stream())
                                .toArray(String[]::new));
    }

    @Test
    void dynamicWholeNumbersAreTheDefinitionByColumn() {
        float[] a = random(IN * OUT, 1);
        Model small =
                MatrixWeights.of(
                        linear(a, random(IN * OUT, 2)), Precision.DYNAMIC_INT8, _ -> false, file);

        ByteBuffer whole = stored(small, "blocks.0.a.weight.whole").bytes();
        float[] scales = stored(small, "blocks.0.a.weight.scales").toFloats();
        for (int column = 0; column < OUT; column++) {
            float largest = 0;
            for (int row = 0; row < IN; row++) {
                largest = Math.max(largest, Math.abs(a[row * OUT + column]));
            }
            assertThat(scales[column]).isEqualTo(largest / LARGEST);
            for (int row = 0; row < IN; row++) {
                int index = row * OUT + column;
                assertThat((int) whole.get(index)).isEqualTo(Math.round(a[index] / scales[column]));
            }
        }
    }

    @Test
    void valuesThatAreMultipliedTwiceAreRoundedOnce() {
        Model small = MatrixWeights.of(linear(), Precision.DYNAMIC_INT8, _ -> false, file);

        assertThat(small.graph().nodes().stream().map(Node::operator))
                .containsExactly(
                        "DynamicQuantizeLinear",
                        "MatMulIntegerToFloat",
                        "MatMulIntegerToFloat",
                        "Sub");
    }

    @Test
    void fourBitsTakeAnEighthAndAScaleForEach64() {
        Model small = MatrixWeights.of(linear(), Precision.INT4, _ -> false, file);

        Tensor blocks = stored(small, "blocks.0.a.weight.blocks");
        assertThat(blocks.shape()).isEqualTo(Shape.of(OUT, IN / 64, 32));
        assertThat(stored(small, "blocks.0.a.weight.scales").shape())
                .isEqualTo(Shape.of(OUT * IN / 64));
        assertThat(small.graph().initializers()).doesNotContainKey("blocks.0.a.weight");
    }

    @Test
    void whatStaysWideIsComputedAsBefore() {
        Model model = linear();
        List<Group> groups = MatrixWeights.groups(model, Precision.INT4);
        assertThat(groups)
                .containsExactly(
                        new Group("blocks.*.a.weight 256x96", IN * OUT),
                        new Group("blocks.*.b.weight 256x96", IN * OUT));

        Model small = MatrixWeights.of(model, Precision.INT4, _ -> true, file);
        assertThat(run(small)).containsExactly(run(model));
        Model half =
                MatrixWeights.of(
                        model, Precision.INT4, groups.getFirst().name()::equals, file);
        assertThat(half.graph().initializers())
                .containsKeys("blocks.0.a.weight", "blocks.0.b.weight.blocks");
    }

    @Test
    void weightsStoredAsFloat16AreSeenThroughTheirCast() {
        Model model = HalfStorage.of(linear());
        Model small = MatrixWeights.of(model, Precision.INT8, _ -> false, file);

        assertThat(relativeError(run(model), run(small))).isBetween(0.002, 0.01);
        assertThat(small.graph().nodes()).noneMatch(node -> node.is("Cast"));
    }

    @Test
    void aColumnOfZerosStaysZero() {
        float[] a = random(IN * OUT, 1);
        for (int row = 0; row < IN; row++) {
            a[row * OUT] = 0;
        }
        for (Precision to : List.of(Precision.INT8, Precision.INT4, Precision.DYNAMIC_INT8)) {
            Model model = linear(a, new float[IN * OUT]);
            assertThat(run(MatrixWeights.of(model, to, _ -> false, file))[0])
                    .isEqualTo(run(model)[0]);
        }
    }

    @Test
    void smallMatricesStay() {
        GraphBuilder graph = new GraphBuilder("small");
        String x =
                graph.input("x", new TensorType(ElementType.FLOAT, Shape.of(1, 32)));
        String w = graph.initializer("w", Tensor.floats(random(32 * 96, 1), 32, 96));
        graph.addNode("MatMul", List.of(x, w), List.of("y"));
        graph.output("y", new TensorType(ElementType.FLOAT, Shape.of(1, 96)));
        Model model = Model.of(graph.build());

        assertThat(MatrixWeights.of(model, Precision.DYNAMIC_INT8, _ -> false, file).graph().nodes())
                .isEqualTo(model.graph().nodes());
    }

    @Test
    void precisionsThatAreNotOfMatricesAreRefused() {
        assertThatThrownBy(() -> MatrixWeights.of(linear(), Precision.FP16, _ -> false, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fp16");
    }
}
