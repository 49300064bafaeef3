package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.TensorType;

import java.util.List;

/**
 * The {@link Transformer} of F5-TTS as a graph: one branch at one step, [1, frames, mel] in and
 * out.
 */
public final class VelocityGraph {
    /** Input: the state x, [1, frames, mel]. */
    public static final String STATE = "x";

    /** Input: log-mel of the reference, zero behind it, or zero for the unconditional branch. */
    public static final String CONDITION = "mel";

    /** Input: the output of {@link TextGraph}. */
    public static final String TEXT = "text";

    /** Output: dx/dt, [1, frames, mel]. */
    public static final String VELOCITY = "velocity";

    private VelocityGraph() {}

    static Model model(Weights weights, F5Sizes sizes, F5Version version) {
        Layers layers = new Layers(new GraphBuilder("f5-velocity"), weights);
        GraphBuilder graph = layers.graph();
        Dimension frames = new Dimension.Symbol("frames");
        TensorType mel = Layers.perFrame(frames, sizes.mel());
        String x =
                layers.concat(
                        "joined",
                        List.of(
                                graph.input(STATE, mel),
                                graph.input(CONDITION, mel),
                                graph.input(TEXT, Layers.perFrame(frames, sizes.textDim()))));
        Transformer transformer =
                new Transformer(layers, sizes.transformer(), version == F5Version.V1, frames);
        int joined = 2 * sizes.mel() + sizes.textDim();
        x = transformer.projected(x, joined, sizes.mel());
        graph.addNode("Identity", List.of(x), List.of(VELOCITY));
        graph.output(VELOCITY, mel);
        return layers.model();
    }
}
