package dev.snug.speech.synth;

import static dev.snug.onnx.GraphBuilder.attribute;
import static dev.snug.speech.synth.ExportBuilder.longs;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.speech.f5.LogMel;

import java.util.List;

/**
 * {@code preprocess.onnx}: the reference recording and the ids of the text to all that the steps
 * need, the noise to begin with among it.
 */
final class PreprocessGraph {
    private static final double SCALE = 1.0 / 32_768;
    private static final double MAGNITUDE_MIN = 1e-5;
    private static final int EDGE = Tables.WINDOW / 2;
    private static final String FRAMES = "max_duration";

    private final ExportBuilder graph;
    private final Size size;

    private PreprocessGraph(ExportBuilder graph, Size size) {
        this.graph = graph;
        this.size = size;
    }

    static Model model(Size size, ExportWeights weights) {
        ExportBuilder graph = new ExportBuilder(weights);
        new PreprocessGraph(graph, size).build();
        return graph.model();
    }

    private void build() {
        String audio = graph.input("audio", ElementType.INT16, 1, 1, "audio_len");
        String ids = graph.input("text_ids", ElementType.INT32, 1, "text_ids_len");
        String frames = graph.input(FRAMES, ElementType.INT64, 1);
        String positions = ExportTables.positions(graph, size.textDim());
        String sines = ExportTables.rotation(graph, "Sin", size.heads());
        String cosines = ExportTables.rotation(graph, "Cos", size.heads());
        String sineKernel = ExportTables.kernel(graph, "Sin", -1);
        String cosineKernel = ExportTables.kernel(graph, "Cos", 1);
        TextBranch text = new TextBranch(graph, size);

        String mel = logMel(padded(audio), cosineKernel, sineKernel);
        String shape = graph.op("Shape", mel);
        graph.named(
                "ref_signal_len", "Gather", List.of(shape, graph.whole(1)), attribute("axis", 0));
        String silence = silence(frames);
        String idsShape = graph.op("Shape", ids);
        String length = graph.gathered(idsShape, graph.whole(1), 0);
        String fewer = graph.op("Neg", length);
        String first = graph.whole(0);
        String blank = graph.gathered(shortened(silence, fewer), first, 2);
        String rest = shortened(silence, graph.op("Neg", "ref_signal_len"));
        String reference = graph.joined(1, mel, rest);
        graph.named(
                "noise",
                "RandomNormalLike",
                List.of(silence),
                attribute("dtype", ElementType.FLOAT.code()));
        String cosine = upTo(cosines, frames);
        String sine = upTo(sines, frames);
        String shifted = graph.op("Add", ids, graph.whole32(1));
        String padding = graph.cast(blank, ElementType.INT32);
        String padded = graph.joined(-1, shifted, padding);
        String count = graph.gathered(frames, first, 0);
        List<String> embedded = text.build(padded, count, positions);
        rotations(cosine, sine);
        conditions(reference, silence, embedded);
    }

    /** The samples as -1 to 1 with half a window mirrored at both ends, as torch pads. */
    private String padded(String audio) {
        String samples = graph.op("Mul", graph.cast(audio, ElementType.FLOAT), graph.number(SCALE));
        String four = graph.list(4);
        String edges = graph.list(EDGE, EDGE);
        String zeros =
                graph.op("ConstantOfShape", four, ExportTensors.value(ExportTensors.int64(0)));
        String pads = graph.joined(0, edges, zeros);
        String pairs = graph.reshape(pads, graph.list(-1, 2));
        String axis = graph.list(0);
        String begin = graph.list(-1);
        String end = graph.list(-Long.MAX_VALUE);
        String reversed = graph.op("Slice", List.of(pairs, begin, end, axis, graph.list(-1)));
        String ordered = graph.transposed(reversed, 1, 0);
        String flat = graph.reshape(ordered, graph.list(-1));
        String sizes = graph.cast(flat, ElementType.INT64);
        return graph.op("Pad", samples, sizes, attribute("mode", "reflect"));
    }

    private String logMel(String samples, String cosines, String sines) {
        String real = transform(samples, cosines);
        String imaginary = transform(samples, sines);
        String power =
                graph.op("Add", graph.op("Mul", real, real), graph.op("Mul", imaginary, imaginary));
        String magnitude = graph.op("Sqrt", power);
        float[] triangles = LogMel.triangles();
        String filter =
                graph.constant(Tables.counted(i -> triangles[i]), 1, LogMel.BANDS, Tables.BINS);
        String mel = graph.transposed(graph.op("MatMul", filter, magnitude), 0, 2, 1);
        return graph.op("Log", graph.op("Clip", List.of(mel, graph.number(MAGNITUDE_MIN), "")));
    }

    private String transform(String samples, String kernel) {
        return graph.op(
                "Conv",
                samples,
                kernel,
                longs("dilations", 1),
                attribute("group", 1),
                longs("kernel_shape", Tables.WINDOW),
                longs("pads", 0, 0),
                longs("strides", LogMel.HOP));
    }

    /** Zeros [1, frames, 100]. */
    private String silence(String frames) {
        String one = graph.list(1);
        String sizes = graph.joined(0, one, frames, graph.list(LogMel.BANDS));
        return graph.op(
                "ConstantOfShape", sizes, ExportTensors.value(Tensor.floats(new float[] {0}, 1)));
    }

    /** {@code x} without as many frames at its end as {@code fewer} is below 0. */
    private String shortened(String x, String fewer) {
        String axis = graph.list(1);
        String begin = graph.list(0);
        String end = graph.op("Unsqueeze", fewer, graph.list(0));
        return graph.op("Slice", List.of(x, begin, end, axis, graph.list(1)));
    }

    private String upTo(String table, String frames) {
        String axis = graph.list(2);
        String begin = graph.list(0);
        return graph.op("Slice", List.of(table, begin, frames, axis, graph.list(1)));
    }

    private void rotations(String cosine, String sine) {
        int to = ElementType.FLOAT.code();
        int heads = size.heads();
        graph.named("rope_cos_q", "Cast", List.of(cosine), attribute("to", to));
        graph.named("rope_sin_q", "Cast", List.of(sine), attribute("to", to));
        String cosineOfKeys = graph.transposed(cosine, 0, 1, 3, 2);
        graph.named("rope_cos_k", "Cast", List.of(cosineOfKeys), attribute("to", to));
        String sineOfKeys = graph.transposed(sine, 0, 1, 3, 2);
        graph.named("rope_sin_k", "Cast", List.of(sineOfKeys), attribute("to", to));
        graph.output("noise", ElementType.FLOAT, 1, FRAMES, LogMel.BANDS);
        for (String name : List.of("rope_cos_q", "rope_sin_q")) {
            graph.output(name, ElementType.FLOAT, 2, heads, FRAMES, Size.HEAD);
        }
        for (String name : List.of("rope_cos_k", "rope_sin_k")) {
            graph.output(name, ElementType.FLOAT, 2, heads, Size.HEAD, FRAMES);
        }
    }

    private void conditions(String reference, String silence, List<String> embedded) {
        named("cat_mel_text", reference, embedded.getFirst());
        named("cat_mel_text_drop", silence, embedded.getLast());
        graph.output("ref_signal_len", ElementType.INT64);
    }

    private void named(String output, String mel, String text) {
        graph.named(output, "Concat", List.of(mel, text), attribute("axis", -1));
        graph.output(output, ElementType.FLOAT, 1, FRAMES, LogMel.BANDS + size.textDim());
    }
}
