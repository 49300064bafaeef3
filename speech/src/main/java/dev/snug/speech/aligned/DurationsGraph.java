package dev.snug.speech.aligned;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.speech.f5.Layers;
import dev.snug.speech.f5.TransformerSizes;
import dev.snug.speech.f5.Weights;

import java.util.List;

/**
 * How long tokens last as a graph: rows of the token table [1, tokens] to natural logarithms of
 * their frames [1, tokens], of which only the ratios count.
 */
final class DurationsGraph {
    /** Input: rows of the token table, int64 [1, tokens]; row 0 is nothing. */
    static final String TOKENS = "tokens";

    /** Output: natural logarithms, [1, tokens]. */
    static final String LOG_FRAMES = "log_frames";

    private DurationsGraph() {}

    static Model model(Weights weights, AlignedSizes sizes) {
        Layers layers = new Layers(new GraphBuilder("aligned-durations"), weights);
        GraphBuilder graph = layers.graph();
        List<Dimension> each = List.of(Dimension.of(1), new Dimension.Symbol("tokens"));
        int channels = (int) weights.shape("embed.weight", 2).size(1);
        String tokens = graph.input(TOKENS, new TensorType(ElementType.INT64, new Shape(each)));
        String x = embedded(layers, tokens, sizes.tokens(), channels);
        x = blocks(layers, x, channels);
        x = layers.linear(x, "out", channels, 1);
        String last = graph.initializer("channels", Tensor.longs(new long[] {-1}, 1));
        graph.addNode("Squeeze", List.of(x, last), List.of(LOG_FRAMES));
        graph.output(LOG_FRAMES, new TensorType(ElementType.FLOAT, new Shape(each)));
        return layers.model();
    }

    /** The rows {@code tokens} of the weight {@code embed}. */
    static String embedded(Layers layers, String tokens, int rows, int channels) {
        String table =
                layers.graph()
                        .initializer(
                                "embed.weight",
                                layers.weights().tensor("embed.weight", rows, channels));
        return layers.add("Gather", "embedded", table, tokens);
    }

    /** All ConvNeXt blocks {@code blocks.0}, {@code blocks.1} and so on. */
    static String blocks(Layers layers, String x, int channels) {
        int count = layers.weights().count("blocks.", ".gamma", TransformerSizes.BLOCKS_MOST);
        String y = x;
        for (int block = 0; block < count; block++) {
            y = layers.convNeXt(y, "blocks." + block, channels);
        }
        return y;
    }
}
