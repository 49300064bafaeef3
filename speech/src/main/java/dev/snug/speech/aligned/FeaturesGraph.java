package dev.snug.speech.aligned;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.speech.f5.Layers;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.f5.Weights;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Aligned text as a graph: the token of each frame, its place and the voice to features, and to
 * mean and variance of the spectrogram, all [1, frames, channels].
 */
final class FeaturesGraph {
    /** Input: the row of the token table of each frame, int64 [1, frames]; row 0 is nothing. */
    static final String TOKENS = "tokens";

    /** Input: {@link Alignment#placeTensor}, [1, frames, 2]. */
    static final String PLACES = "places";

    /** Input: {@link Style}, [1, 200]. */
    static final String STYLE = "style";

    /** Output: [1, frames, text]. */
    static final String FEATURES = "features";

    /** Output: of the log-mel spectrogram, [1, frames, bands]. */
    static final String MEAN = "mean";

    /** Output: of the log-mel spectrogram, [1, frames, bands]. */
    static final String VARIANCE = "variance";

    /** All outputs. */
    static final Set<String> OUTPUTS = Set.of(FEATURES, MEAN, VARIANCE);

    /** Natural logarithms of deviations are kept within these, as in training. */
    private static final float DEVIATION_LOG_MIN = -2.5f;

    private static final float DEVIATION_LOG_MAX = 1.5f;

    private FeaturesGraph() {}

    static Model model(Weights weights, AlignedSizes sizes) {
        Layers layers = new Layers(new GraphBuilder("aligned-text"), weights);
        GraphBuilder graph = layers.graph();
        Dimension frames = new Dimension.Symbol("frames");
        Shape each = new Shape(List.of(Dimension.of(1), frames));
        int channels = sizes.text();
        String tokens = graph.input(TOKENS, new TensorType(ElementType.INT64, each));
        String places = graph.input(PLACES, Layers.perFrame(frames, 2));
        String style =
                graph.input(STYLE, new TensorType(ElementType.FLOAT, Shape.of(1, Style.VALUES)));

        String x = DurationsGraph.embedded(layers, tokens, sizes.tokens(), channels);
        x = layers.add("Add", "placed", x, layers.linear(places, "place", 2, channels));
        style = layers.silu(layers.linear(style, "style.0", Style.VALUES, channels));
        style = layers.linear(style, "style.2", channels, channels);
        x = layers.add("Add", "styled", x, style);
        x = DurationsGraph.blocks(layers, x, channels);

        TensorType mel = Layers.perFrame(frames, LogMel.BANDS);
        graph.addNode("Identity", List.of(x), List.of(FEATURES));
        graph.output(FEATURES, Layers.perFrame(frames, channels));
        // The value of the layer "mean" has its name.
        graph.output(layers.linear(x, MEAN, channels, LogMel.BANDS), mel);
        graph.addNode("Exp", List.of(logVariance(layers, x, channels)), List.of(VARIANCE));
        graph.output(VARIANCE, mel);
        return layers.model();
    }

    private static String logVariance(Layers layers, String x, int channels) {
        String deviation = layers.linear(x, "log_deviation", channels, LogMel.BANDS);
        GraphBuilder graph = layers.graph();
        String bounded =
                graph.add(
                        "Clip",
                        "bounded",
                        List.of(
                                deviation,
                                graph.initializer("least", Tensor.scalar(DEVIATION_LOG_MIN)),
                                graph.initializer("most", Tensor.scalar(DEVIATION_LOG_MAX))));
        return layers.add("Mul", "log_variance", bounded, layers.constant("two", 2));
    }

    /** The inputs of the branch that knows neither text nor voice. */
    static Map<String, Tensor> nothing(int frames) {
        return Map.of(
                TOKENS,
                Tensor.longs(new long[frames], 1, frames),
                PLACES,
                Tensor.floats(new float[2 * frames], 1, frames, 2),
                STYLE,
                Style.none());
    }

    /** The output {@code name} among the results of a run of all. */
    static Tensor of(Map<String, Tensor> results, String name) {
        return Objects.requireNonNull(results.get(name), name);
    }
}
