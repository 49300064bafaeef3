package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.quantize.ConvolutionWeights.Weight;
import dev.snug.onnx.quantize.InputProducts;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * What layers see, computed by the engine. The oracle is what the layers answer: the squares of one
 * output channel, summed over all places, are wᵀHw.
 */
final class InputProductsTest {
    private static final int IN = 32;
    private static final int OUT = 40;
    private static final int KERNEL = 3;
    private static final int SIDE = 9;
    private static final int CLASSES = 260;

    /** Of the terms of a sum in float32. */
    private static final double ROUNDING = 1e-6;

    /** What is left of {@link #SIDE} behind the stride. */
    private static final int PLACES = 5;

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** A convolution with a stride and an edge, one of a pixel, one in groups, a dense layer. */
    private static Model network() {
        GraphBuilder graph = new GraphBuilder("network");
        String x = graph.input("x", new TensorType(ElementType.FLOAT, Shape.of(1, IN, SIDE, SIDE)));
        String wide =
                graph.initializer(
                        "wide",
                        Tensor.floats(
                                random(OUT * IN * KERNEL * KERNEL, 1), OUT, IN, KERNEL, KERNEL));
        String point =
                graph.initializer(
                        "point", Tensor.floats(random(CLASSES * OUT, 2), CLASSES, OUT, 1, 1));
        String grouped =
                graph.initializer(
                        "grouped", Tensor.floats(random(CLASSES * 49, 3), CLASSES, 1, 7, 7));
        String dense =
                graph.initializer(
                        "dense", Tensor.floats(random(CLASSES * CLASSES, 4), CLASSES, CLASSES));
        String a =
                graph.add(
                        "Conv",
                        "a",
                        List.of(x, wide),
                        GraphBuilder.attribute("strides", new long[] {2, 2}),
                        GraphBuilder.attribute("pads", new long[] {1, 0, 1, 2}));
        String b = graph.add("Conv", "b", List.of(a, point));
        String c =
                graph.add(
                        "Conv",
                        "c",
                        List.of(b, grouped),
                        GraphBuilder.attribute("group", CLASSES),
                        GraphBuilder.attribute("pads", new long[] {3, 3, 3, 3}));
        String pooled = graph.add("GlobalAveragePool", "pooled", List.of(c));
        String flat = graph.add("Flatten", "flat", List.of(pooled));
        String d = graph.add("Gemm", "d", List.of(flat, dense));
        graph.output(a, new TensorType(ElementType.FLOAT, Shape.of(1, OUT, PLACES, PLACES)));
        graph.output(b, new TensorType(ElementType.FLOAT, Shape.of(1, CLASSES, PLACES, PLACES)));
        graph.output(d, new TensorType(ElementType.FLOAT, Shape.of(1, CLASSES)));
        return Model.of(graph.build());
    }

    private static Map<String, Tensor> run(Model model) {
        Map<String, Tensor> inputs =
                Map.of("x", Tensor.floats(random(IN * SIDE * SIDE, 5), 1, IN, SIDE, SIDE));
        return new OrtEvaluator().evaluate(model, inputs);
    }

    private static Weight weight(Model model, String name) {
        return InputProducts.measurable(model).keySet().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void convolutionsInGroupsAreLeftOut() {
        Map<String, Integer> inputs = new HashMap<>();
        InputProducts.measurable(network())
                .forEach((weight, count) -> inputs.put(weight.name(), count));

        assertThat(inputs)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("wide", IN * KERNEL * KERNEL, "point", OUT, "dense", CLASSES));
    }

    @Test
    void theyGiveTheSquaresOfWhatTheLayersAnswer() {
        Model model = network();
        Map<String, Tensor> answers = run(model);
        Map<String, String> layers = Map.of("wide", "a", "point", "b", "dense", "d");
        layers.forEach(
                (name, output) -> {
                    Weight weight = weight(model, name);
                    float[] products = products(model, weight);
                    float[] weights = values(model.graph().initializers(), name);
                    float[] answer = values(answers, output);
                    int inputs = (int) Math.sqrt(products.length);
                    int channels = weights.length / inputs;
                    for (int channel = 0; channel < channels; channel++) {
                        double squares = 0;
                        int places = answer.length / channels;
                        for (int i = channel * places; i < (channel + 1) * places; i++) {
                            squares += (double) answer[i] * answer[i];
                        }
                        float[] row = new float[inputs];
                        for (int i = 0; i < inputs; i++) {
                            row[i] =
                                    weight.axis() == 0
                                            ? weights[channel * inputs + i]
                                            : weights[i * channels + channel];
                        }
                        assertThat(form(row, products))
                                .isCloseTo(squares, within(ROUNDING * terms(row, products)));
                    }
                });
    }

    @Test
    void onlyWhatTheyNeedIsRun() {
        Model model = network();
        Model measuring = InputProducts.of(model, List.of(weight(model, "wide")));

        assertThat(measuring.graph().nodes()).noneMatch(node -> node.is("GlobalAveragePool"));
        assertThat(measuring.graph().inputs()).isEqualTo(model.graph().inputs());
        assertThat(measuring.graph().outputs()).hasSize(1);
    }

    private static float[] products(Model model, Weight weight) {
        return values(run(InputProducts.of(model, List.of(weight))), InputProducts.name(weight));
    }

    private static float[] values(Map<String, Tensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name)).toFloats();
    }

    /** What {@link #form} adds up, without the signs. */
    private static double terms(float[] row, float[] products) {
        float[] sizes = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            sizes[i] = Math.abs(row[i]);
        }
        float[] all = new float[products.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.abs(products[i]);
        }
        return form(sizes, all);
    }

    private static double form(float[] row, float[] products) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < row.length; j++) {
                sum += (double) row[i] * products[i * row.length + j] * row[j];
            }
        }
        return sum;
    }
}
