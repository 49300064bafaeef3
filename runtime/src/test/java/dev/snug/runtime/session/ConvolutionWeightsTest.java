package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.onnx.quantize.ConvolutionWeights;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.quantize.StoredWeights;
import dev.snug.onnx.surgery.HalfStorage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Kernels and matrices as int8 by output channel. The oracles are the definition, round(w / scale)
 * with scale = max |w| / 127, value by value, and ONNX Runtime on a graph of weights that the test
 * has rounded so.
 */
class ConvolutionWeightsTest {
    private static final int OUT = 32;
    private static final int IN = 32;
    private static final int KERNEL = 3;
    private static final int SIDE = 6;
    private static final int CLASSES = 300;

    @TempDir Path folder;
    private Arena arena;
    private TensorFile tensors;

    @BeforeEach
    void open() throws IOException {
        arena = Arena.ofShared();
        tensors = TensorFile.create(folder, arena);
    }

    @AfterEach
    void close() {
        tensors.close();
        arena.close();
    }

    /** A convolution, its mean over the space, and a dense layer with its matrix [in, out]. */
    private static Model network(float[] kernels, float[] matrix) {
        GraphBuilder graph = new GraphBuilder("network");
        String x = graph.input("x", new TensorType(ElementType.FLOAT, Shape.of(1, IN, SIDE, SIDE)));
        String w = graph.initializer("w", Tensor.floats(kernels, OUT, IN, KERNEL, KERNEL));
        String m = graph.initializer("m", Tensor.floats(matrix, OUT, CLASSES));
        String c = graph.add("Conv", "c", List.of(x, w));
        String pooled = graph.add("GlobalAveragePool", "pooled", List.of(c));
        String flat = graph.add("Flatten", "flat", List.of(pooled));
        graph.addNode("Gemm", List.of(flat, m), List.of("y"));
        graph.output("y", new TensorType(ElementType.FLOAT, Shape.of(1, CLASSES)));
        return Model.of(graph.build());
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            // Channels of very different sizes.
            values[i] = (float) (random.nextDouble(-1, 1) * Math.exp(i % 7 - 3));
        }
        return values;
    }

    private static float[] kernels() {
        return random(OUT * IN * KERNEL * KERNEL, 3);
    }

    private static float[] matrix() {
        return random(OUT * CLASSES, 4);
    }

    private static Tensor stored(Model model, String name) {
        return Objects.requireNonNull(model.graph().initializers().get(name));
    }

    private static float[] run(Model model) {
        return run(model, new OrtEvaluator());
    }

    private static float[] run(Model model, OrtEvaluator evaluator) {
        Map<String, Tensor> inputs =
                Map.of("x", Tensor.floats(random(IN * SIDE * SIDE, 5), 1, IN, SIDE, SIDE));
        return Objects.requireNonNull(evaluator.evaluate(model, inputs).get("y")).toFloats();
    }

    @Test
    void everyKernelIsRoundedToItsOwnScale() {
        float[] kernels = kernels();
        Model narrow = ConvolutionWeights.int8(network(kernels, matrix()), Set.of(), tensors);
        float[] scales = stored(narrow, "w.scales").toFloats();
        ByteBuffer values = stored(narrow, "w.int8").bytes();

        int inner = kernels.length / OUT;
        for (int out = 0; out < OUT; out++) {
            float largest = 0;
            for (int i = 0; i < inner; i++) {
                largest = Math.max(largest, Math.abs(kernels[out * inner + i]));
            }
            assertThat(scales[out]).isEqualTo(largest / 127);
            for (int i = 0; i < inner; i++) {
                assertThat((double) values.get())
                        .isEqualTo(Math.rint(kernels[out * inner + i] / scales[out]));
            }
        }
    }

    @Test
    void aMatrixHasAScaleForEachColumn() {
        float[] matrix = matrix();
        Model narrow = ConvolutionWeights.int8(network(kernels(), matrix), Set.of(), tensors);
        float[] scales = stored(narrow, "m.scales").toFloats();
        ByteBuffer values = stored(narrow, "m.int8").bytes();

        assertThat(scales).hasSize(CLASSES);
        for (int i = 0; i < matrix.length; i++) {
            assertThat((double) values.get()).isEqualTo(Math.rint(matrix[i] / scales[i % CLASSES]));
        }
    }

    /** {@code weights} as the definition rounds them; channel of place i: i / inner % channels. */
    private static float[] rounded(float[] weights, int channels, int inner) {
        float[] largest = new float[channels];
        for (int i = 0; i < weights.length; i++) {
            int channel = i / inner % channels;
            largest[channel] = Math.max(largest[channel], Math.abs(weights[i]));
        }
        float[] rounded = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            float scale = largest[i / inner % channels] / 127;
            rounded[i] = (float) Math.rint(weights[i] / scale) * scale;
        }
        return rounded;
    }

    @Test
    void theGraphComputesWithTheRoundedWeights() {
        float[] expected =
                run(
                        network(
                                rounded(kernels(), OUT, IN * KERNEL * KERNEL),
                                rounded(matrix(), CLASSES, 1)));
        float[] found =
                run(ConvolutionWeights.int8(network(kernels(), matrix()), Set.of(), tensors));

        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i])
                    .isCloseTo(expected[i], within(1e-4f * Math.max(1, Math.abs(expected[i]))));
        }
        assertThat(found).isNotEqualTo(run(network(kernels(), matrix())));
    }

    @Test
    void whatIsNamedStaysWideAndSmallWeightsDo() {
        Model wide = network(kernels(), matrix());
        Model narrow = ConvolutionWeights.int8(wide, Set.of("w"), tensors);

        assertThat(ConvolutionWeights.of(wide))
                .containsExactly(
                        new Weight("w", OUT * IN * KERNEL * KERNEL, 0),
                        new Weight("m", OUT * CLASSES, 1));
        assertThat(narrow.graph().initializers().keySet())
                .containsExactly("w", "m.int8", "m.scales");
    }

    @Test
    void weightsAreWidenedBeforeTheNodesThatReadThem() {
        Model narrow = ConvolutionWeights.int8(network(kernels(), matrix()), Set.of(), tensors);

        assertThat(narrow.graph().nodes().stream().map(Node::operator))
                .startsWith("DequantizeLinear", "DequantizeLinear", "Conv");
    }

    @Test
    void channelsOfZerosStayZerosAndWhatIsNotFiniteIsRefused() {
        float[] kernels = kernels();
        Arrays.fill(kernels, 0, kernels.length / OUT, 0);
        Model narrow = ConvolutionWeights.int8(network(kernels, matrix()), Set.of(), tensors);
        assertThat(stored(narrow, "w.scales").toFloats()[0]).isEqualTo(1);
        assertThat(stored(narrow, "w.int8").bytes().get()).isZero();

        kernels[7] = Float.NaN;
        assertThatThrownBy(
                        () ->
                                ConvolutionWeights.int8(
                                        network(kernels, matrix()), Set.of(), tensors))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("w holds NaN");
    }

    @Test
    void whatWasNarrowIsWidenedToTheValuesItStoodFor() {
        Model model = network(kernels(), matrix());
        Model both =
                HalfStorage.of(
                        ConvolutionWeights.int8(model, Set.of("m"), tensors),
                        ConvolutionWeights.VALUES_MIN,
                        tensors);
        Model widened = StoredWeights.widened(both, tensors);

        assertThat(StoredWeights.precisions(both)).containsExactly(Precision.FP16, Precision.INT8);
        assertThat(StoredWeights.precisions(widened)).isEmpty();
        assertThat(widened.graph().nodes()).hasSize(model.graph().nodes().size());
        assertThat(run(widened)).isEqualTo(run(both));
    }

    /**
     * ONNX Runtime lays the kernels out in blocks of channels; they stay int8, with their values.
     */
    @Test
    void weightsThatAreLaidOutStayInt8AndAnswerTheSame() throws IOException {
        Model narrow = ConvolutionWeights.int8(network(kernels(), matrix()), Set.of(), tensors);
        Path portable = folder.resolve("portable.onnx");
        Path laidOut = folder.resolve("laid-out.onnx");
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("portable.weights"))) {
            ModelWriter.write(narrow, portable, weights);
        }
        long bytes;
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("laid-out.weights"))) {
            OptimizedModels.write(portable, laidOut, weights, folder);
            bytes = weights.bytes();
        }
        Model written = ModelReader.read(laidOut, arena);

        assertThat(bytes).isLessThan(2L * (OUT * IN * KERNEL * KERNEL + OUT * CLASSES));
        assertThat(
                        written.graph().initializers().values().stream()
                                .filter(each -> each.elementType() == ElementType.INT8))
                .hasSize(2);
        assertThat(
                        written.graph().initializers().values().stream()
                                .filter(each -> each.elementType() == ElementType.FLOAT)
                                .mapToInt(Tensor::byteSize))
                .allMatch(size -> size < ConvolutionWeights.VALUES_MIN);
        float[] expected = run(narrow);
        float[] found = run(written, new OrtEvaluator(SessionSettings.MAPPED, folder));
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i])
                    .isCloseTo(expected[i], within(1e-4f * Math.max(1, Math.abs(expected[i]))));
        }
    }
}
