package dev.snug.speech.f5;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.speech.schedule.Schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * All that the {@link Transformer} makes of the time alone, as a graph: sinusoids [steps, 256] to
 * modulation values [steps, {@link TransformerSizes#modulationValues}]. It runs once for a
 * schedule, all steps together.
 *
 * <p>A row holds, for each block, shift, 1 + scale and gate before attention and the same before
 * feed-forward, then 1 + scale and shift before the last projection.
 *
 * <p>Source: the classes TimestepEmbedding, AdaLayerNorm and AdaLayerNorm_Final of SWivid/F5-TTS.
 */
public final class StepGraph {
    /** Input: {@link #sinusoids}. */
    public static final String SINUSOIDS = "sinusoids";

    /** Output: a row for each step. */
    public static final String TABLE = "table";

    /** The rows of a block that are scales and the rows at the end that are: 1 is added there. */
    private static final List<Integer> SCALES = List.of(1, 4);

    private static final List<Integer> SCALES_LAST = List.of(0);

    private static final double FREQUENCY_RANGE = 10_000;

    /** Times are 0 to 1; the sinusoids were made for step numbers up to 1000. */
    private static final float TIME_SCALE = 1000;

    private StepGraph() {}

    public static Model model(Weights weights, TransformerSizes sizes) {
        Layers layers = new Layers(new GraphBuilder("steps"), weights);
        GraphBuilder graph = layers.graph();
        int dim = sizes.dim();
        String time = graph.input(SINUSOIDS, rows(TransformerSizes.TIME_CHANNELS));
        time = layers.linear(time, "time_embed.time_mlp.0", TransformerSizes.TIME_CHANNELS, dim);
        time = layers.linear(layers.silu(time), "time_embed.time_mlp.2", dim, dim);
        time = layers.silu(time);
        List<String> parts = new ArrayList<>();
        for (int block = 0; block < sizes.depth(); block++) {
            String name = "transformer_blocks." + block + ".attn_norm.linear";
            parts.add(modulation(layers, time, name, dim, TransformerSizes.ROWS_PER_BLOCK, SCALES));
        }
        parts.add(
                modulation(
                        layers,
                        time,
                        "norm_out.linear",
                        dim,
                        TransformerSizes.ROWS_LAST,
                        SCALES_LAST));
        graph.addNode("Concat", parts, List.of(TABLE), GraphBuilder.attribute("axis", 1));
        graph.output(TABLE, rows(sizes.modulationValues()));
        return layers.model();
    }

    private static TensorType rows(int columns) {
        return new TensorType(
                ElementType.FLOAT,
                new Shape(List.of(new Dimension.Symbol("steps"), Dimension.of(columns))));
    }

    private static String modulation(
            Layers layers, String time, String name, int dim, int rows, List<Integer> scales) {
        int size = rows * dim;
        float[] bias = layers.weights().tensor(name + ".bias", size).toFloats();
        for (int row : scales) {
            for (int i = row * dim; i < (row + 1) * dim; i++) {
                bias[i] += 1;
            }
        }
        return layers.linear(time, name, dim, size, Tensor.floats(bias, size));
    }

    /**
     * What stands for the times: sines, then cosines, of 1000 · time times frequencies that fall
     * from 1 to 1/10,000. Products are float32, as the networks were trained with.
     *
     * @param times 0 to 1, at most {@link Schedule#STEPS_MAX}
     */
    public static Tensor sinusoids(float... times) {
        if (times.length > Schedule.STEPS_MAX) {
            throw new IllegalArgumentException(
                    times.length + " steps; the most are " + Schedule.STEPS_MAX);
        }
        int half = TransformerSizes.TIME_CHANNELS / 2;
        float[] values = new float[times.length * TransformerSizes.TIME_CHANNELS];
        float fall = (float) -(Math.log(FREQUENCY_RANGE) / (half - 1));
        for (int step = 0; step < times.length; step++) {
            int row = step * TransformerSizes.TIME_CHANNELS;
            for (int channel = 0; channel < half; channel++) {
                float frequency = (float) Math.exp(channel * fall);
                float angle = TIME_SCALE * times[step] * frequency;
                values[row + channel] = (float) Math.sin(angle);
                values[row + half + channel] = (float) Math.cos(angle);
            }
        }
        return Tensor.floats(values, times.length, TransformerSizes.TIME_CHANNELS);
    }

    /** The modulation values of step {@code step}, a view of the table. */
    public static Tensor row(Tensor table, int step) {
        int columns = Math.toIntExact(table.shape().size(1));
        int bytes = columns * Float.BYTES;
        return new Tensor(
                ElementType.FLOAT, Shape.of(columns), table.bytes().slice(step * bytes, bytes));
    }
}
