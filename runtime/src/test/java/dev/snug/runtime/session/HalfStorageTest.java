package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.HalfStorage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Weights as float16. The oracles are the JDK's own rounding, value by value, and the unedited
 * graph in ONNX Runtime: a rounded weight is off by 2⁻¹¹ of itself at most, and so is a sum of
 * products that are all positive.
 */
class HalfStorageTest {
    private static final int IN = 40;
    private static final int OUT = 50;

    private static Model matrix(float[] weights) {
        GraphBuilder graph = new GraphBuilder("matrix");
        String x = graph.input("x", new TensorType(ElementType.FLOAT, Shape.of(1, IN)));
        String w = graph.initializer("w", Tensor.floats(weights, IN, OUT));
        String b = graph.initializer("b", Tensor.floats(new float[OUT], OUT));
        String taken = graph.initializer("w.half", Tensor.scalar(1));
        String product = graph.add("MatMul", "product", List.of(x, w));
        String moved = graph.add("Add", "moved", List.of(product, b));
        graph.addNode("Mul", List.of(moved, taken), List.of("y"));
        graph.output("y", new TensorType(ElementType.FLOAT, Shape.of(1, OUT)));
        return Model.of(graph.build());
    }

    private static float[] weights() {
        SplittableRandom random = new SplittableRandom(11);
        float[] weights = new float[IN * OUT];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(random.nextDouble(-6, 6));
        }
        return weights;
    }

    @Test
    void onlyLargeWeightsAreStoredAsTheNearestFloat16() {
        float[] weights = weights();
        Map<String, Tensor> stored = HalfStorage.of(matrix(weights)).graph().initializers();

        assertThat(stored.keySet()).containsExactly("w.half_1", "b", "w.half");
        assertThat(Objects.requireNonNull(stored.get("b")).elementType())
                .isEqualTo(ElementType.FLOAT);
        Tensor halves = Objects.requireNonNull(stored.get("w.half_1"));
        assertThat(halves.elementType()).isEqualTo(ElementType.FLOAT16);
        assertThat(halves.shape()).isEqualTo(Shape.of(IN, OUT));
        ByteBuffer bytes = halves.bytes();
        for (float weight : weights) {
            assertThat(bytes.getShort()).isEqualTo(Float.floatToFloat16(weight));
        }
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        float[] weights = new float[IN * OUT];
        weights[0] = 1 + 0x1p-11f; // Between 1 and 1 + 2⁻¹⁰.
        weights[1] = 1 + 3 * 0x1p-11f;
        ByteBuffer bytes =
                Objects.requireNonNull(
                                HalfStorage.of(matrix(weights))
                                        .graph()
                                        .initializers()
                                        .get("w.half_1"))
                        .bytes();

        assertThat(Float.float16ToFloat(bytes.getShort())).isEqualTo(1);
        assertThat(Float.float16ToFloat(bytes.getShort())).isEqualTo(1 + 0x1p-9f);
    }

    @Test
    void theGraphComputesTheSameWithinTheRoundingOfWeights() {
        Model model = matrix(weights());
        float[] x = new float[IN];
        Arrays.fill(x, 0.5f);
        Map<String, Tensor> inputs = Map.of("x", Tensor.floats(x, 1, IN));

        float[] whole = run(model, inputs);
        float[] half = run(HalfStorage.of(model), inputs);

        for (int i = 0; i < OUT; i++) {
            // And 2⁻¹⁸ for the engine's own sums.
            assertThat(half[i]).isCloseTo(whole[i], within(whole[i] * (0x1p-11f + 0x1p-18f)));
        }
        assertThat(half).isNotEqualTo(whole);
    }

    private static float[] run(Model model, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(new OrtEvaluator().evaluate(model, inputs).get("y"))
                .toFloats();
    }

    @ParameterizedTest
    @ValueSource(floats = {65_520, -1e9f, Float.POSITIVE_INFINITY})
    void aWeightBeyondFloat16IsRefusedByName(float beyond) {
        float[] weights = new float[IN * OUT];
        weights[7] = beyond;

        assertThatThrownBy(() -> HalfStorage.of(matrix(weights)))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("w holds " + beyond)
                .hasMessageContaining("65504");
        weights[7] = 65_519;
        assertThat(HalfStorage.of(matrix(weights)).graph().nodes()).hasSize(4);
    }
}
