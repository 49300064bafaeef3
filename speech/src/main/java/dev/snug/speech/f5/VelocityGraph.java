package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.List;

/**
 * The transformer of F5-TTS as a graph without time: one branch at one step, [1, frames, mel] in
 * and out.
 *
 * <p>What depends on the time alone, 42 % of the weights of F5 base, is in {@link StepGraph}; its
 * row for the step is an input. The modulated norms (AdaLN) take their shift and 1 + scale from it
 * as the bias and the scale of an ordinary norm, which saves two passes, and add the residual on
 * their way, which saves a third.
 *
 * <p>Source: Chen and others, "F5-TTS", 2024 (arXiv 2410.06885), and the class DiT of
 * SWivid/F5-TTS; Peebles and Xie, "Scalable Diffusion Models with Transformers", 2023 (arXiv
 * 2212.09748) for the blocks.
 */
public final class VelocityGraph {
    /** Input: the state x, [1, frames, mel]. */
    public static final String STATE = "x";

    /** Input: log-mel of the reference, zero behind it, or zero for the unconditional branch. */
    public static final String CONDITION = "mel";

    /** Input: the output of {@link TextGraph}. */
    public static final String TEXT = "text";

    /** Input: a row of {@link StepGraph}. */
    public static final String MODULATION = "modulation";

    /** Input: {@link Rotation#cosines}. */
    public static final String COSINES = "cosines";

    /** Input: {@link Rotation#sines}. */
    public static final String SINES = "sines";

    /** Output: dx/dt, [1, frames, mel]. */
    public static final String VELOCITY = "velocity";

    private static final String PLACE = "input_embed.conv_pos_embed.conv1d.";

    private final Layers layers;
    private final F5Sizes sizes;
    private final F5Version version;
    private final Dimension frames = new Dimension.Symbol("frames");

    /** Where RotaryEmbedding begins in the tables: a constant 0. */
    private final String firstFrame;

    private VelocityGraph(Layers layers, F5Sizes sizes, F5Version version) {
        this.layers = layers;
        this.sizes = sizes;
        this.version = version;
        this.firstFrame =
                layers.graph().initializer("first_frame", Tensor.longs(new long[] {0}, 1));
    }

    static Model model(Weights weights, F5Sizes sizes, F5Version version) {
        Layers layers = new Layers(new GraphBuilder("f5-velocity"), weights);
        new VelocityGraph(layers, sizes, version).build();
        return layers.model();
    }

    private void build() {
        String x =
                layers.concat(
                        "joined",
                        List.of(
                                perFrame(STATE, sizes.mel()),
                                perFrame(CONDITION, sizes.mel()),
                                perFrame(TEXT, sizes.textDim())));
        String cosines = table(COSINES);
        String sines = table(SINES);
        String modulation =
                layers.graph()
                        .input(
                                MODULATION,
                                new TensorType(
                                        ElementType.FLOAT, Shape.of(sizes.modulationValues())));
        List<String> steps = layers.equalParts(modulation, sizes.modulationValues() / sizes.dim());

        Sum sum = placed(layers.linear(x, "input_embed.proj", joined(), sizes.dim()));
        for (int block = 0; block < sizes.depth(); block++) {
            int first = block * F5Sizes.ROWS_PER_BLOCK;
            sum =
                    block(
                            sum,
                            "transformer_blocks." + block,
                            steps.subList(first, first + F5Sizes.ROWS_PER_BLOCK),
                            cosines,
                            sines);
        }
        int last = sizes.depth() * F5Sizes.ROWS_PER_BLOCK;
        Normed end = normed(sum, "norm_out", steps.get(last), steps.get(last + 1));
        x = layers.linear(end.value(), "proj_out", sizes.dim(), sizes.mel());
        layers.graph().addNode("Identity", List.of(x), List.of(VELOCITY));
        layers.graph().output(VELOCITY, perFrame(sizes.mel()));
    }

    private int joined() {
        return 2 * sizes.mel() + sizes.textDim();
    }

    private String perFrame(String name, int channels) {
        return layers.graph().input(name, perFrame(channels));
    }

    private TensorType perFrame(int channels) {
        return new TensorType(
                ElementType.FLOAT,
                new Shape(List.of(Dimension.of(1), frames, Dimension.of(channels))));
    }

    private String table(String name) {
        return layers.graph()
                .input(
                        name,
                        new TensorType(
                                ElementType.FLOAT,
                                new Shape(
                                        List.of(frames, Dimension.of(F5Sizes.HEAD_CHANNELS / 2)))));
    }

    /** Adds the convolutional position embedding: two grouped convolutions over the frames. */
    private Sum placed(String x) {
        int channels = sizes.dim();
        long perGroup = layers.weights().shape(PLACE + "0.weight", 3).size(1);
        int groups = Math.max(1, (int) (channels / perGroup));
        String y = layers.swapped(x);
        y = layers.mish(layers.convolution(y, PLACE + "0", channels, channels, groups));
        y = layers.mish(layers.convolution(y, PLACE + "2", channels, channels, groups));
        return new Sum(x, layers.swapped(y));
    }

    /** A residual and what is to be added to it: the next norm adds them on its way. */
    private record Sum(String residual, String added) {}

    /** A modulated norm, and the sum that it was taken of. */
    private record Normed(String value, String sum) {}

    /**
     * The norm of a sum in one pass. Apart from the saved Add: the engine's own LayerNormalization
     * took five times as long as this operator in ONNX Runtime 1.29.
     */
    private Normed normed(Sum sum, String hint, String scale, String shift) {
        List<String> outputs =
                layers.microsoft(
                        "SkipLayerNormalization",
                        List.of(hint, "", "", hint + ".sum"),
                        List.of(sum.residual(), sum.added(), scale, shift),
                        GraphBuilder.attribute("epsilon", Layers.NORM_EPSILON));
        return new Normed(outputs.getFirst(), outputs.getLast());
    }

    /**
     * @param step shift, 1 + scale and gate before attention, and the same before feed-forward
     */
    private Sum block(Sum in, String name, List<String> step, String cosines, String sines) {
        Normed before = normed(in, name + ".attn_norm", step.get(1), step.get(0));
        String y = attention(before.value(), name + ".attn", cosines, sines);
        Sum attended = new Sum(before.sum(), gated(y, step.get(2), name + ".attended"));

        Normed fed = normed(attended, name + ".ff_norm", step.get(4), step.get(3));
        String widening = name + ".ff.ff.0.0";
        int inner = (int) layers.weights().shape(widening + ".weight", 2).size(0);
        y = layers.gelu(layers.linear(fed.value(), widening, sizes.dim(), inner), false);
        y = layers.linear(y, name + ".ff.ff.2", inner, sizes.dim());
        return new Sum(fed.sum(), gated(y, step.get(5), name + ".fed"));
    }

    private String gated(String y, String gate, String hint) {
        return layers.add("Mul", hint, y, gate);
    }

    private String attention(String x, String name, String cosines, String sines) {
        int inner = sizes.heads() * F5Sizes.HEAD_CHANNELS;
        String query = layers.linear(x, name + ".to_q", sizes.dim(), inner);
        String key = layers.linear(x, name + ".to_k", sizes.dim(), inner);
        String value = layers.linear(x, name + ".to_v", sizes.dim(), inner);
        String attended =
                layers.microsoft(
                        "MultiHeadAttention",
                        name,
                        List.of(
                                rotated(query, cosines, sines),
                                rotated(key, cosines, sines),
                                value),
                        GraphBuilder.attribute("num_heads", sizes.heads()));
        return layers.linear(attended, name + ".to_out.0", inner, sizes.dim());
    }

    private String rotated(String x, String cosines, String sines) {
        int others = (sizes.heads() - 1) * F5Sizes.HEAD_CHANNELS;
        if (version == F5Version.V1 || others == 0) {
            return rotation(x, cosines, sines);
        }
        List<String> parts = layers.split(x, 2, F5Sizes.HEAD_CHANNELS, others);
        String first = rotation(parts.getFirst(), cosines, sines);
        return layers.concat(x + ".rotated", List.of(first, parts.getLast()));
    }

    private String rotation(String x, String cosines, String sines) {
        return layers.microsoft(
                "RotaryEmbedding",
                x + ".rotation",
                List.of(x, firstFrame, cosines, sines),
                GraphBuilder.attribute("interleaved", 1));
    }
}
