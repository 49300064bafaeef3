package dev.snug.speech.synth;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.speech.f5.LogMel;

/**
 * The large tables of the exported graphs, computed by a few nodes each from small initializers: as
 * constants they would take 20 MB of every archive.
 */
final class ExportTables {
    /** Frames that positions are known for; 44 seconds. */
    static final int FRAMES_MAX = 4096;

    private static final int WINDOW = Tables.WINDOW;
    private static final int HOP = LogMel.HOP;
    private static final int EDGE = WINDOW - HOP;

    private ExportTables() {}

    /** The position of a token [4096, dim]: cosines, then sines. */
    static String positions(ExportBuilder graph, int dim) {
        String angle = angle(graph, Tables.frequencies(dim), dim / 2);
        return graph.joined(-1, graph.op("Cos", angle), graph.op("Sin", angle));
    }

    /** The rotations of all heads of both branches as float16, [2, heads, 4096, 64]. */
    static String rotation(ExportBuilder graph, String function, int heads) {
        Elements twice = Tables.counted(i -> Tables.frequency(i / 2, Size.HEAD));
        String angle = angle(graph, twice, Size.HEAD);
        String half = graph.cast(graph.op(function, angle), ElementType.FLOAT16);
        return graph.op("Expand", half, graph.tableOf(false, 2, heads, FRAMES_MAX, Size.HEAD));
    }

    private static String angle(ExportBuilder graph, Elements frequencies, int count) {
        String place = graph.table(Tables.counted(i -> i), FRAMES_MAX, 1);
        return graph.op("Mul", place, graph.table(frequencies, 1, count));
    }

    /** One half of a Fourier transform with its window as a convolution, [513, 1, 1024]. */
    static String kernel(ExportBuilder graph, String function, int sign) {
        String wave = graph.op(function, phase(graph));
        String scaled = graph.op("Mul", windowed(graph, wave, sign), graph.tableOf(1));
        return graph.op("Reshape", scaled, graph.tableOf(false, Tables.BINS, 1, WINDOW));
    }

    /** The inverse transform with its window, [1026, 1, 1024]: real parts, then imaginary ones. */
    static String inverseBasis(ExportBuilder graph) {
        String phase = phase(graph);
        String real = half(graph, graph.op("Cos", phase), 1);
        String imaginary = half(graph, graph.op("Sin", phase), -1);
        String both = graph.joined(0, real, imaginary);
        return graph.op("Reshape", both, graph.tableOf(false, 2 * Tables.BINS, 1, WINDOW));
    }

    private static String half(ExportBuilder graph, String wave, int sign) {
        // All bins but the first and the last stand for two.
        double scale = (double) HOP / WINDOW / WINDOW;
        Elements weights = Tables.counted(bin -> bin == 0 || bin == WINDOW / 2 ? scale : 2 * scale);
        return graph.op("Mul", windowed(graph, wave, sign), graph.table(weights, Tables.BINS, 1));
    }

    private static String windowed(ExportBuilder graph, String wave, int sign) {
        return graph.op(
                "Mul", wave, graph.table(Tables.counted(i -> sign * Tables.hann(i)), 1, WINDOW));
    }

    /** 2π · bin · sample / 1024, the product taken in whole numbers first. */
    private static String phase(ExportBuilder graph) {
        String turns = graph.op("Mul", graph.places(Tables.BINS, 1), graph.places(1, WINDOW));
        String rest = graph.op("Mod", turns, graph.tableOf(true, WINDOW));
        return graph.op(
                "Mul", graph.cast(rest, ElementType.FLOAT), graph.tableOf(2 * Math.PI / WINDOW));
    }

    /** What the overlapping windows weigh at each sample, as its inverse: [1049344]. */
    static String inverseWindowSum(ExportBuilder graph) {
        long periods = FRAMES_MAX - WINDOW / HOP + 1;
        String begin = graph.table(Tables.counted(i -> weight(i, 0, i)), EDGE);
        String period = graph.table(Tables.counted(i -> weight(i, 0, EDGE + i)), HOP);
        String middle = graph.op("Tile", period, graph.tableOf(false, periods));
        String end = graph.table(Tables.counted(i -> weight(i, HOP + i, WINDOW - 1)), EDGE);
        return graph.joined(0, begin, middle, end);
    }

    /** The inverse over the samples of a window at i's place in the hop, from first to last. */
    private static double weight(int i, int first, int last) {
        double sum = 0;
        for (int sample = i % HOP; sample < WINDOW; sample += HOP) {
            if (sample >= first && sample <= last) {
                double window = Tables.hann(sample);
                sum += window * window;
            }
        }
        return WINDOW / (HOP * sum + 1e-7);
    }
}
