package dev.snug.speech.synth;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.speech.f5.LogMel;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * {@code transformer.onnx}: one step of the integration for both branches as a batch of two, with
 * the embeddings of 32 times and the widths of the 31 steps between them inside.
 */
final class TransformerGraph {
    /** Times of the schedule that the export bakes in. */
    static final int TIMES = 32;

    private static final float EPSILON = 1e-6f;
    private static final double STRENGTH = 2;
    private static final int PLACE_KERNEL = 31;
    private static final String FRAMES = "max_duration";

    private final ExportBuilder graph;
    private final Size size;
    private @Nullable String pair;

    private TransformerGraph(ExportBuilder graph, Size size) {
        this.graph = graph;
        this.size = size;
    }

    static Model model(Size size, ExportWeights weights) {
        ExportBuilder graph = new ExportBuilder(weights);
        new TransformerGraph(graph, size).build();
        return graph.model();
    }

    private void build() {
        String noise = graph.input("noise", ElementType.FLOAT, 1, FRAMES, LogMel.BANDS);
        rotationInputs();
        int condition = LogMel.BANDS + size.textDim();
        String text = graph.input("cat_mel_text", ElementType.FLOAT, 1, FRAMES, condition);
        String drop = graph.input("cat_mel_text_drop", ElementType.FLOAT, 1, FRAMES, condition);
        String step = graph.input("time_step.1", ElementType.INT32, 1);
        int dim = size.dim();
        String projection =
                graph.matrix("input_embed.proj", 2L * LogMel.BANDS + size.textDim(), dim, 1);
        String again = graph.op("Identity", projection);
        String time = graph.gathered(times(), step, 1);
        Embedding embedding = new Embedding();
        String x =
                graph.joined(
                        0, embedding.of(noise, text, projection), embedding.of(noise, drop, again));
        String gate = graph.op("Mul", time, graph.op("Sigmoid", time));
        for (int block = 0; block < size.depth(); block++) {
            x = block(x, gate, "transformer_blocks." + block);
        }
        List<String> parts = modulation(gate, "norm_out.linear", 2);
        x = modulated(x, parts.get(0), parts.get(1));
        String velocity = linear(x, "proj_out", dim, LogMel.BANDS, 1);
        advance(noise, step, velocity);
    }

    private void rotationInputs() {
        int heads = size.heads();
        for (String name : List.of("rope_cos_q", "rope_sin_q")) {
            graph.input(name, ElementType.FLOAT, 2, heads, FRAMES, Size.HEAD);
        }
        for (String name : List.of("rope_cos_k", "rope_sin_k")) {
            graph.input(name, ElementType.FLOAT, 2, heads, Size.HEAD, FRAMES);
        }
    }

    /** The embedded times [1, 32, dim]: each value goes up and down over time at its own pace. */
    private String times() {
        int dim = size.dim();
        return graph.constant(
                Tables.counted(
                        i -> {
                            double time = time(i / dim);
                            int value = i % dim;
                            return StrictMath.sin(value + (1 + value % 7) * time);
                        }),
                1,
                TIMES,
                dim);
    }

    /** Time {@code k} of the schedule: 1 - cos(π/2 · k/31). */
    private static double time(int k) {
        return 1 - StrictMath.cos(Math.PI / 2 * k / (TIMES - 1));
    }

    /** The input embedding: both branches go through the same weights. */
    private final class Embedding {
        private final String bias = graph.weight("input_embed.proj.bias", size.dim());
        private final List<String> kernels = List.of(kernel(0), kernel(2));
        private final List<String> biases = List.of(kernelBias(0), kernelBias(2));

        private String kernel(int index) {
            return graph.weight(
                    "input_embed.conv_pos_embed.conv1d." + index + ".weight",
                    size.dim(),
                    size.dim() / Size.GROUPS,
                    PLACE_KERNEL);
        }

        private String kernelBias(int index) {
            return graph.weight("input_embed.conv_pos_embed.conv1d." + index + ".bias", size.dim());
        }

        String of(String noise, String condition, String projection) {
            String both = graph.joined(-1, noise, condition);
            String x = graph.linear(both, projection, bias);
            String place = graph.transposed(x, 0, 2, 1);
            for (int i = 0; i < kernels.size(); i++) {
                place =
                        graph.convolution(
                                place, kernels.get(i), biases.get(i), Size.GROUPS, PLACE_KERNEL);
                String softplus = graph.op("Softplus", place);
                place = graph.op("Mul", place, graph.op("Tanh", softplus));
            }
            return graph.op("Add", graph.transposed(place, 0, 2, 1), x);
        }
    }

    private String block(String x, String gate, String name) {
        List<String> parts = modulation(gate, name + ".attn_norm.linear", 6);
        String attention = attention(modulated(x, parts.get(1), parts.get(0)), name + ".attn");
        String y = graph.op("Add", x, graph.op("Mul", parts.get(2), attention));
        String middle = modulated(y, parts.get(4), parts.get(3));
        middle = linear(middle, name + ".ff.ff.0.0", size.dim(), size.middle(), 1);
        middle = linear(geluByTanh(middle), name + ".ff.ff.2", size.middle(), size.dim(), 1);
        return graph.op("Add", y, graph.op("Mul", parts.get(5), middle));
    }

    /** {@code count} vectors that follow from the time. */
    private List<String> modulation(String gate, String name, int count) {
        String all = linear(gate, name, size.dim(), (long) count * size.dim(), 1);
        return graph.chunks(all, -1, count);
    }

    private String modulated(String x, String scale, String shift) {
        String ones = graph.constant(Tables.counted(i -> 1), size.dim());
        String zeros = graph.constant(Tables.counted(i -> 0), size.dim());
        String norm =
                graph.op(
                        "LayerNormalization",
                        List.of(x, ones, zeros),
                        attribute("axis", -1),
                        attribute("epsilon", EPSILON));
        String factor = graph.op("Add", scale, graph.number(1));
        return graph.op("Add", graph.op("Mul", norm, factor), shift);
    }

    private String attention(String x, String name) {
        int dim = size.dim();
        int inner = size.inner();
        int heads = size.heads();
        // The export takes the scale of the scores into both weights.
        double scale = Math.pow(Size.HEAD, -0.25);
        String queries = linear(x, name + ".to_q", dim, inner, scale);
        String keys = linear(x, name + ".to_k", dim, inner, scale);
        String values = linear(x, name + ".to_v", dim, inner, 1);
        queries = graph.transposed(split(queries), 0, 2, 1, 3);
        keys = graph.transposed(split(keys), 0, 2, 3, 1);
        values = graph.transposed(split(values), 0, 2, 1, 3);
        long half = Size.HEAD / 2;
        String turned =
                turned(
                        new Rotation(queries, "rope_cos_q", "rope_sin_q", -1),
                        new long[] {2, heads, -1, half, 2},
                        new long[] {2, heads, -1, Size.HEAD});
        String turnedKeys =
                turned(
                        new Rotation(keys, "rope_cos_k", "rope_sin_k", -2),
                        new long[] {2, heads, half, 2, -1},
                        new long[] {2, heads, Size.HEAD, -1});
        String scores = graph.op("MatMul", turned, turnedKeys);
        String shares = graph.op("Softmax", scores, attribute("axis", -1));
        shares = graph.cast(shares, ElementType.FLOAT);
        String mixed = graph.transposed(graph.op("MatMul", shares, values), 0, 2, 1, 3);
        mixed = graph.reshape(mixed, graph.list(2, -1, inner));
        return linear(mixed, name + ".to_out.0", inner, dim, 1);
    }

    private String split(String x) {
        return graph.reshape(x, graph.list(2, -1, size.heads(), Size.HEAD));
    }

    /** What is turned, by which tables, and along which axis its pairs lie. */
    private record Rotation(String x, String cosines, String sines, int axis) {}

    private String turned(Rotation rotation, long[] pairs, long[] flat) {
        String straight = graph.op("Mul", rotation.x(), rotation.cosines());
        String paired = graph.reshape(rotation.x(), graph.list(pairs));
        List<String> halves = graph.halves(paired, pair(), rotation.axis());
        String negative = graph.op("Neg", halves.getLast());
        String swapped = graph.joined(rotation.axis(), negative, halves.getFirst());
        String across = graph.reshape(swapped, graph.list(flat));
        return graph.op("Add", straight, graph.op("Mul", across, rotation.sines()));
    }

    /** The sizes 1 and 1, a constant where it is first asked for. */
    private String pair() {
        if (pair == null) {
            pair = graph.list(1, 1);
        }
        return pair;
    }

    private String geluByTanh(String x) {
        String square = graph.op("Mul", x, x);
        String cube = graph.op("Mul", x, square);
        String small = graph.op("Mul", graph.number(0.044715f), cube);
        String sum = graph.op("Add", x, small);
        String inner = graph.op("Mul", graph.number(Math.sqrt(2 / Math.PI)), sum);
        String tanh = graph.op("Tanh", inner);
        String one = graph.op("Add", graph.number(1), tanh);
        String product = graph.op("Mul", x, one);
        return graph.op("Mul", graph.number(0.5), product);
    }

    private String linear(String x, String name, long in, long out, double factor) {
        String matrix = graph.matrix(name, in, out, factor);
        return graph.linear(x, matrix, graph.weight(name + ".bias", out));
    }

    /** Guides the velocity away from the branch without text and takes the step. */
    private void advance(String noise, String step, String velocity) {
        List<String> branches = graph.halves(velocity, pair(), 0);
        String difference = graph.op("Sub", branches.getFirst(), branches.getLast());
        String guided =
                graph.op(
                        "Add",
                        branches.getFirst(),
                        graph.op("Mul", difference, graph.number(STRENGTH)));
        String widths = graph.constant(Tables.counted(k -> time(k + 1) - time(k)), TIMES - 1);
        String width = graph.gathered(widths, step, 0);
        graph.named("denoised", "Add", List.of(noise, graph.op("Mul", guided, width)));
        graph.named("time_step", "Add", List.of(step, graph.whole32(1)));
        graph.output("denoised", ElementType.FLOAT, 1, FRAMES, LogMel.BANDS);
        graph.output("time_step", ElementType.INT32, 1);
    }
}
