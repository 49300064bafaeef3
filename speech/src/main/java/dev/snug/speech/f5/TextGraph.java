package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text embedding of F5-TTS as a graph: tokens [1, frames] to an embedding [1, frames, textDim]
 * that goes into every evaluation of the velocity.
 *
 * <p>Source: Chen and others, "F5-TTS", 2024 (arXiv 2410.06885), and the class TextEmbedding of
 * SWivid/F5-TTS; the blocks are those of ConvNeXt V2 (Woo and others, 2023, arXiv 2301.00808).
 */
public final class TextGraph {
    /** Output: [1, frames, textDim]. */
    public static final String EMBEDDING = "text";

    /** Input: rows of the token table, int64 [1, frames]; 0 is filler. */
    public static final String TOKENS = "tokens";

    /** Input: sinusoids of the places, [frames, textDim]. */
    public static final String POSITIONS = "positions";

    /** Input of V1 only: 1 where text stands and 0 behind it, [1, frames, 1]. */
    public static final String KEPT = "kept";

    /** Frames that have a position of their own; later ones share the last, as in F5-TTS. */
    private static final int POSITIONS_MOST = 4096;

    private static final float THETA = 10_000;

    /** ε of the response normalisation. */
    private static final float RESPONSE_EPSILON = 1e-6f;

    private TextGraph() {}

    static Model model(Weights weights, F5Sizes sizes, F5Version version) {
        Layers layers = new Layers(new GraphBuilder("f5-text"), weights);
        GraphBuilder graph = layers.graph();
        Dimension frames = new Dimension.Symbol("frames");
        Dimension one = Dimension.of(1);
        Dimension channels = Dimension.of(sizes.textDim());
        String tokens =
                graph.input(
                        TOKENS, new TensorType(ElementType.INT64, new Shape(List.of(one, frames))));
        String positions =
                graph.input(
                        POSITIONS,
                        new TensorType(ElementType.FLOAT, new Shape(List.of(frames, channels))));
        String kept =
                version == F5Version.V0
                        ? ""
                        : graph.input(
                                KEPT,
                                new TensorType(
                                        ElementType.FLOAT, new Shape(List.of(one, frames, one))));
        String table =
                graph.initializer(
                        "text_embed.weight",
                        weights.tensor(
                                "text_embed.text_embed.weight", sizes.tokens(), sizes.textDim()));
        String x =
                layers.add("Add", "placed", layers.add("Gather", "rows", table, tokens), positions);
        x = masked(layers, x, kept);
        for (int block = 0; block < sizes.textBlocks(); block++) {
            x = block(layers, x, "text_embed.text_blocks." + block, sizes.textDim());
            x = masked(layers, x, kept);
        }
        graph.addNode("Identity", List.of(x), List.of(EMBEDDING));
        graph.output(
                EMBEDDING,
                new TensorType(ElementType.FLOAT, new Shape(List.of(one, frames, channels))));
        return layers.model();
    }

    private static String masked(Layers layers, String x, String kept) {
        return kept.isEmpty() ? x : layers.add("Mul", "masked", x, kept);
    }

    private static String block(Layers layers, String x, String name, int channels) {
        int inner = layers.innerChannels(name);
        String y = response(layers, layers.widened(x, name, channels), name + ".grn", inner);
        y = layers.linear(y, name + ".pwconv2", inner, channels);
        return layers.add("Add", name, x, y);
    }

    /** Global response normalisation: a channel's strength over all frames against the mean one. */
    private static String response(Layers layers, String x, String name, int channels) {
        GraphBuilder graph = layers.graph();
        String frames = graph.initializer(name + ".frames", Tensor.longs(new long[] {1}, 1));
        String last = graph.initializer(name + ".channels", Tensor.longs(new long[] {-1}, 1));
        String strength = layers.add("ReduceL2", name + ".strength", x, frames);
        String mean = layers.add("ReduceMean", name + ".mean", strength, last);
        String bounded =
                layers.add(
                        "Add",
                        name + ".bounded",
                        mean,
                        layers.constant(name + ".epsilon", RESPONSE_EPSILON));
        String relative = layers.add("Div", name + ".relative", strength, bounded);
        String gamma = layers.flat(name + ".gamma", 1, 1, channels);
        String scaled =
                layers.add("Mul", name + ".scaled", gamma, layers.add("Mul", name, x, relative));
        String moved =
                layers.add(
                        "Add",
                        name + ".moved",
                        scaled,
                        layers.flat(name + ".beta", 1, 1, channels));
        return layers.add("Add", name + ".sum", moved, x);
    }

    /**
     * The inputs of one run.
     *
     * @param ids lines of the vocabulary; those beyond {@code frames} are cut off
     * @param dropped whether the tokens are replaced by filler, for the unconditional branch; which
     *     frames are filler is still told by the ids
     * @throws IllegalArgumentException when an id is not in the vocabulary or there are no frames
     */
    public static Map<String, Tensor> inputs(
            F5Sizes sizes, F5Version version, int[] ids, int frames, boolean dropped) {
        long[] tokens = new long[Frames.checked(frames)];
        float[] kept = new float[frames];
        for (int i = 0; i < Math.min(ids.length, frames); i++) {
            int token = Math.addExact(ids[i], 1);
            if (token < 0 || token >= sizes.tokens()) {
                throw new IllegalArgumentException(
                        "id " + ids[i] + " is not in the vocabulary of " + (sizes.tokens() - 1));
            }
            tokens[i] = dropped ? 0 : token;
            kept[i] = token == 0 ? 0 : 1;
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(TOKENS, Tensor.longs(tokens, 1, frames));
        inputs.put(POSITIONS, positions(frames, sizes.textDim()));
        if (version == F5Version.V1) {
            inputs.put(KEPT, Tensor.floats(kept, 1, frames, 1));
        }
        return inputs;
    }

    /** Cosines, then sines; angles are float32 products, as the networks were trained with. */
    private static Tensor positions(int frames, int channels) {
        float[] values = new float[Math.multiplyExact(frames, channels)];
        int half = channels / 2;
        for (int channel = 0; channel < half; channel++) {
            float frequency = Rotation.frequency(THETA, 2 * channel, channels);
            for (int frame = 0; frame < frames; frame++) {
                float angle = Math.min(frame, POSITIONS_MOST - 1) * frequency;
                values[frame * channels + channel] = (float) Math.cos(angle);
                values[frame * channels + half + channel] = (float) Math.sin(angle);
            }
        }
        return Tensor.floats(values, frames, channels);
    }
}
