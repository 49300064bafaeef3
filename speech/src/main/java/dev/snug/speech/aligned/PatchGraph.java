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
import dev.snug.speech.f5.Transformer;
import dev.snug.speech.f5.VelocityGraph;
import dev.snug.speech.f5.Weights;

import java.util.List;

/**
 * The velocity of an aligned model as a graph: one branch at one step, [1, frames, bands] in and
 * out, any number of frames.
 *
 * <p>State, reference and features of {@link AlignedSizes#patch} frames are one token of the {@link
 * Transformer}; zeros fill the last one. To what it says is added the velocity of the straight path
 * from N(0, 1) to N(mean, variance), E[x1 - x0 | x] with x = (1 - t) x0 + t x1:
 *
 * <pre>mean + (t · variance - (1 - t)) / (t² · variance + (1 - t)²) · (x - t · mean)</pre>
 *
 * <p>Names of inputs and output that F5-TTS has too are those of {@link VelocityGraph}.
 */
final class PatchGraph {
    /** Input: {@link FeaturesGraph#MEAN}. */
    static final String MEAN = FeaturesGraph.MEAN;

    /** Input: {@link FeaturesGraph#VARIANCE}. */
    static final String VARIANCE = FeaturesGraph.VARIANCE;

    /** Input: the time, 0 to 1, [1]. */
    static final String TIME = "time";

    private final Layers layers;
    private final AlignedSizes sizes;

    private PatchGraph(Layers layers, AlignedSizes sizes) {
        this.layers = layers;
        this.sizes = sizes;
    }

    static Model model(Weights weights, AlignedSizes sizes) {
        Layers layers = new Layers(new GraphBuilder("aligned-velocity"), weights);
        new PatchGraph(layers, sizes).build();
        return layers.model();
    }

    private void build() {
        GraphBuilder graph = layers.graph();
        Dimension frames = new Dimension.Symbol("frames");
        TensorType mel = Layers.perFrame(frames, LogMel.BANDS);
        String x = graph.input(VelocityGraph.STATE, mel);
        String reference = graph.input(VelocityGraph.CONDITION, mel);
        String text = graph.input(VelocityGraph.TEXT, Layers.perFrame(frames, sizes.text()));
        String mean = graph.input(MEAN, mel);
        String variance = graph.input(VARIANCE, mel);
        String time = graph.input(TIME, new TensorType(ElementType.FLOAT, Shape.of(1)));
        Transformer transformer =
                new Transformer(layers, sizes.transformer(), true, new Dimension.Symbol("patches"));

        String joined = layers.concat("joined", List.of(x, reference, text));
        int in = sizes.patch() * (2 * LogMel.BANDS + sizes.text());
        int out = sizes.patch() * LogMel.BANDS;
        String count = frameCount(x);
        String said = transformer.projected(patched(joined, count, in), in, out);
        graph.addNode(
                "Add",
                List.of(gaussian(x, mean, variance, time), unpatched(said, count)),
                List.of(VelocityGraph.VELOCITY));
        graph.output(VelocityGraph.VELOCITY, mel);
    }

    /** The number of frames of {@code x}, int64 [1]. */
    private String frameCount(String x) {
        return layers.graph()
                .add(
                        "Shape",
                        "frame_count",
                        List.of(x),
                        GraphBuilder.attribute("start", 1),
                        GraphBuilder.attribute("end", 2));
    }

    /** Frames [1, frames, in / patch] side by side, [1, patches, in]. */
    private String patched(String x, String count, int in) {
        String missing =
                layers.add(
                        "Mod",
                        "missing",
                        layers.add("Neg", "frames_negative", count),
                        longs("patch", sizes.patch()));
        String padding =
                layers.graph()
                        .add(
                                "Concat",
                                "padding",
                                List.of(longs("before", 0, 0, 0, 0), missing, longs("behind", 0)),
                                GraphBuilder.attribute("axis", 0));
        String padded = layers.add("Pad", "padded", x, padding);
        return layers.add("Reshape", "patched", padded, longs("patches.shape", 1, -1, in));
    }

    /** The first {@code count} frames of what {@link #patched} put side by side. */
    private String unpatched(String x, String count) {
        String frames =
                layers.add("Reshape", "unpatched", x, longs("mel.shape", 1, -1, LogMel.BANDS));
        return layers.add("Slice", "said", frames, longs("first", 0), count, longs("axis", 1));
    }

    private String longs(String hint, long... values) {
        return layers.graph().initializer(hint, Tensor.longs(values, values.length));
    }

    private String gaussian(String x, String mean, String variance, String time) {
        String rest = layers.add("Sub", "rest", layers.constant("one", 1), time);
        String grown = layers.add("Mul", "time.variance", time, variance);
        String rise = layers.add("Sub", "rise", grown, rest);
        String spread =
                layers.add(
                        "Add",
                        "spread",
                        layers.add("Mul", "spread.end", time, grown),
                        layers.add("Mul", "spread.begin", rest, rest));
        String slope = layers.add("Div", "slope", rise, spread);
        String distance =
                layers.add("Sub", "distance", x, layers.add("Mul", "time.mean", time, mean));
        return layers.add("Add", "gaussian", mean, layers.add("Mul", "turn", slope, distance));
    }
}
