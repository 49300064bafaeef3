package dev.snug.speech.synth;

import static dev.snug.onnx.GraphBuilder.attribute;
import static dev.snug.speech.synth.ExportBuilder.longs;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.speech.f5.LogMel;

import java.util.List;

/**
 * {@code decode.onnx}: mel [1, frames, 100] behind the reference to int16 samples, Vocos with an
 * inverse Fourier transform by transposed convolution.
 *
 * <p>Norms are by length, without taking the mean off, and the scale of a block is part of its last
 * matrix: so DakeQQ/F5-TTS-ONNX exports them.
 */
final class DecodeGraph {
    private static final long KERNEL = 7;
    private static final double MAGNITUDE_MAX = 100;
    private static final double SAMPLE_MAX = 32_767;
    private static final long EDGE = Tables.WINDOW / 2;

    private final ExportBuilder graph;
    private final Size size;

    private DecodeGraph(ExportBuilder graph, Size size) {
        this.graph = graph;
        this.size = size;
    }

    static Model model(Size size, ExportWeights weights) {
        ExportBuilder graph = new ExportBuilder(weights);
        new DecodeGraph(graph, size).build();
        return graph.model();
    }

    private void build() {
        String denoised =
                graph.input("denoised", ElementType.FLOAT, 1, "max_duration", LogMel.BANDS);
        String reference = graph.input("ref_signal_len", ElementType.INT64);
        String windowSum = ExportTables.inverseWindowSum(graph);
        String basis = ExportTables.inverseBasis(graph);
        String axis = graph.list(1);
        String begin = graph.op("Unsqueeze", reference, graph.list(0));
        String end = graph.list(Long.MAX_VALUE);
        String mel = graph.op("Slice", List.of(denoised, begin, end, axis, graph.list(1)));
        List<String> parts = graph.chunks(backbone(graph.transposed(mel, 0, 2, 1)), 1, 2);
        String exp = graph.op("Exp", parts.getFirst());
        String magnitude = graph.op("Clip", List.of(exp, "", graph.number(MAGNITUDE_MAX)));
        String real = graph.op("Mul", magnitude, graph.op("Cos", parts.getLast()));
        String imaginary = graph.op("Mul", magnitude, graph.op("Sin", parts.getLast()));
        String wave =
                graph.op(
                        "ConvTranspose",
                        graph.joined(1, real, imaginary),
                        basis,
                        longs("dilations", 1),
                        attribute("group", 1),
                        longs("kernel_shape", Tables.WINDOW),
                        longs("pads", 0, 0),
                        longs("strides", LogMel.HOP));
        finish(wave, windowSum);
    }

    private String backbone(String mel) {
        int dim = size.vocosDim();
        String weight = graph.weight("backbone.embed.weight", dim, LogMel.BANDS, KERNEL);
        String bias = graph.weight("backbone.embed.bias", dim);
        String x = norm(graph.convolution(mel, weight, bias, 1, KERNEL), "backbone.norm");
        for (int block = 0; block < size.vocosBlocks(); block++) {
            x = block(x, "backbone.convnext." + block);
        }
        x = norm(x, "backbone.final_layer_norm");
        String matrix = constant("head.out", 1, 2 * Tables.BINS, dim);
        return graph.op(
                "Add",
                graph.op("MatMul", matrix, x),
                graph.constant("head.out.bias", 0, 0.02, 1, 2 * Tables.BINS, 1));
    }

    private String block(String x, String name) {
        int dim = size.vocosDim();
        int inner = size.vocosInner();
        String weight = graph.weight(name + ".dwconv.weight", dim, 1, KERNEL);
        String bias = graph.weight(name + ".dwconv.bias", dim);
        String y = norm(graph.convolution(x, weight, bias, dim, KERNEL), name + ".norm");
        y = graph.op("MatMul", constant(name + ".pwconv1", 1, 1, inner, dim), y);
        String first = graph.constant(name + ".pwconv1.bias", 0, 0.02, 1, inner, 1);
        y = graph.gelu(graph.op("Add", y, first));
        String matrix = constant(name + ".pwconv2", 1.0 / size.vocosBlocks(), 1, dim, inner);
        y = graph.op("MatMul", matrix, y);
        String second = graph.constant(name + ".pwconv2.bias", 0, 0.02, 1, dim, 1);
        return graph.op("Add", x, graph.op("Add", y, second));
    }

    /** A matrix [..., outputs, inputs] as a constant. */
    private String constant(String name, double factor, long... sizes) {
        double bound = factor / Math.sqrt((double) sizes[sizes.length - 1]);
        return graph.constant(name + ".weight", 0, bound, sizes);
    }

    private String norm(String x, String name) {
        int dim = size.vocosDim();
        double root = Math.sqrt(dim);
        String scale = graph.constant(name + ".weight", root, 0.02 * root, 1, dim, 1);
        String scaled = graph.op("Mul", scale, x);
        String length = graph.op("ReduceL2", x, longs("axes", 1), attribute("keepdims", 1));
        String unit = graph.op("Div", scaled, length);
        return graph.op("Add", unit, graph.constant(name + ".bias", 0, 0.02, 1, dim, 1));
    }

    /** Cuts half a window off both ends, takes the window's weight off, and rounds. */
    private void finish(String wave, String windowSum) {
        String shape = graph.op("Shape", wave);
        String axis = graph.list(0);
        String last = graph.list(-1);
        String end = graph.list(Long.MAX_VALUE);
        String length = graph.op("Slice", List.of(shape, last, end, axis));
        length = graph.op("Squeeze", length, graph.list(0));
        length = graph.op("Sub", length, graph.whole(EDGE));
        String middle = cut(wave, length, 2);
        String weight = cut(windowSum, length, 0);
        String samples = graph.op("Mul", middle, weight);
        String least = graph.number(-1);
        samples = graph.op("Clip", List.of(samples, least, graph.number(1)));
        samples = graph.op("Mul", samples, graph.number(SAMPLE_MAX));
        graph.named(
                "output_audio",
                "Cast",
                List.of(samples),
                attribute("to", ElementType.INT16.code()));
        graph.output("output_audio", ElementType.INT16, 1, 1, "generated_len");
    }

    private String cut(String x, String end, int axis) {
        String along = graph.list(axis);
        String begin = graph.list(EDGE);
        String to = graph.op("Unsqueeze", end, graph.list(0));
        return graph.op("Slice", List.of(x, begin, to, along, graph.list(1)));
    }
}
