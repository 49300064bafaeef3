package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.List;

/**
 * The transformer of F5-TTS between two projections, as a part of a graph without time: [1, frames,
 * dim] in and out.
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
public final class Transformer {
    /** Input: a row of {@link StepGraph}. */
    public static final String MODULATION = "modulation";

    /** Input: {@link Rotation#cosines}. */
    public static final String COSINES = "cosines";

    /** Input: {@link Rotation#sines}. */
    public static final String SINES = "sines";

    private static final String PLACE = "input_embed.conv_pos_embed.conv1d.";

    private final Layers layers;
    private final TransformerSizes sizes;
    private final boolean rotatesAll;
    private final String cosines;
    private final String sines;
    private final List<String> steps;

    /** Where RotaryEmbedding begins in the tables: a constant 0. */
    private final String firstFrame;

    /**
     * Adds the inputs of the transformer to the graph of {@code layers}.
     *
     * @param rotatesAll whether positions rotate every attention head, or the first one only
     * @param frames what its frames are called
     */
    public Transformer(
            Layers layers, TransformerSizes sizes, boolean rotatesAll, Dimension frames) {
        this.layers = layers;
        this.sizes = sizes;
        this.rotatesAll = rotatesAll;
        this.firstFrame =
                layers.graph().initializer("first_frame", Tensor.longs(new long[] {0}, 1));
        this.cosines = table(COSINES, frames);
        this.sines = table(SINES, frames);
        String modulation =
                layers.graph()
                        .input(
                                MODULATION,
                                new TensorType(
                                        ElementType.FLOAT, Shape.of(sizes.modulationValues())));
        this.steps = layers.equalParts(modulation, sizes.modulationValues() / sizes.dim());
    }

    private String table(String name, Dimension frames) {
        Dimension pairs = Dimension.of(TransformerSizes.HEAD_CHANNELS / 2);
        return layers.graph()
                .input(name, new TensorType(ElementType.FLOAT, new Shape(List.of(frames, pairs))));
    }

    /**
     * Projection, position embedding, blocks, norm and projection of {@code x}, [1, frames, in].
     */
    public String projected(String x, int in, int out) {
        Sum sum = placed(layers.linear(x, "input_embed.proj", in, sizes.dim()));
        for (int block = 0; block < sizes.depth(); block++) {
            int first = block * TransformerSizes.ROWS_PER_BLOCK;
            sum =
                    block(
                            sum,
                            "transformer_blocks." + block,
                            steps.subList(first, first + TransformerSizes.ROWS_PER_BLOCK));
        }
        int last = sizes.depth() * TransformerSizes.ROWS_PER_BLOCK;
        Normed end = normed(sum, "norm_out", steps.get(last), steps.get(last + 1));
        return layers.linear(end.value(), "proj_out", sizes.dim(), out);
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
    private Sum block(Sum in, String name, List<String> step) {
        Normed before = normed(in, name + ".attn_norm", step.get(1), step.get(0));
        String y = attention(before.value(), name + ".attn");
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

    private String attention(String x, String name) {
        int inner = sizes.heads() * TransformerSizes.HEAD_CHANNELS;
        String query = layers.linear(x, name + ".to_q", sizes.dim(), inner);
        String key = layers.linear(x, name + ".to_k", sizes.dim(), inner);
        String value = layers.linear(x, name + ".to_v", sizes.dim(), inner);
        String attended =
                layers.microsoft(
                        "MultiHeadAttention",
                        name,
                        List.of(rotated(query), rotated(key), value),
                        GraphBuilder.attribute("num_heads", sizes.heads()));
        return layers.linear(attended, name + ".to_out.0", inner, sizes.dim());
    }

    private String rotated(String x) {
        int others = (sizes.heads() - 1) * TransformerSizes.HEAD_CHANNELS;
        if (rotatesAll || others == 0) {
            return rotation(x);
        }
        List<String> parts = layers.split(x, 2, TransformerSizes.HEAD_CHANNELS, others);
        String first = rotation(parts.getFirst());
        return layers.concat(x + ".rotated", List.of(first, parts.getLast()));
    }

    private String rotation(String x) {
        return layers.microsoft(
                "RotaryEmbedding",
                x + ".rotation",
                List.of(x, firstFrame, cosines, sines),
                GraphBuilder.attribute("interleaved", 1));
    }
}
