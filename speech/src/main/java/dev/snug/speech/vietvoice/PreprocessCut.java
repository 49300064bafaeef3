package dev.snug.speech.vietvoice;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.Extraction;
import dev.snug.speech.network.Networks;

import java.util.List;

/**
 * The preprocess graph cut in two, found at the joints that make its conditions:
 *
 * <pre>
 * condition = Concat(last; Concat(frames; mel, zeros), text)
 * none      = Concat(last; zeros, text of filler)
 * </pre>
 *
 * @param mel audio → mel
 * @param text text_ids, max_duration → text, text of filler
 */
record PreprocessCut(Model mel, Model text) {
    /** Axes of [1, frames, channels]. */
    private static final int FRAMES = 1;

    private static final int CHANNELS = 2;

    /**
     * Cuts {@code preprocess}.
     *
     * @throws OnnxException when its conditions are not joined like that; says where
     */
    static PreprocessCut of(Model preprocess) {
        Graph graph = preprocess.graph();
        Node condition = joint(graph, output(graph, ArchiveGraphs.CONDITION), CHANNELS);
        Node none = joint(graph, output(graph, ArchiveGraphs.NONE), CHANNELS);
        Node frames = joint(graph, condition.input(0), FRAMES);
        requireZeros(graph, frames.input(1));
        requireZeros(graph, none.input(0));
        Model mel =
                Extraction.of(preprocess, "mel", List.of(port(frames.input(0), Networks.BANDS)));
        long width = textWidth(graph);
        Model text =
                Extraction.of(
                        preprocess,
                        "text",
                        List.of(port(condition.input(1), width), port(none.input(1), width)));
        requireInputs(mel, graph, ArchiveGraphs.AUDIO, ArchiveGraphs.AUDIO);
        requireInputs(text, graph, ArchiveGraphs.TEXT_IDS, ArchiveGraphs.MAX_DURATION);
        return new PreprocessCut(mel, text);
    }

    private static Port port(String value, long channels) {
        List<Dimension> sizes =
                List.of(Dimension.of(1), Dimension.unknown(), Dimension.of(channels));
        return new Port(value, new TensorType(ElementType.FLOAT, new Shape(sizes)));
    }

    private static long textWidth(Graph graph) {
        Shape shape = graph.outputs().get(ArchiveGraphs.CONDITION).type().shape();
        long width = shape.size(CHANNELS) - Networks.BANDS;
        if (width < 1) {
            throw new OnnxException("preprocess.onnx: no room for text in " + shape);
        }
        return width;
    }

    private static String output(Graph graph, int index) {
        return graph.outputs().get(index).name();
    }

    /** The Concat of two values on {@code axis} that makes {@code value}. */
    private static Node joint(Graph graph, String value, int axis) {
        Node node = producer(graph, value);
        long actual = node.longAttribute("axis", 0);
        if (!node.is("Concat")
                || node.inputs().size() != 2
                || (actual != axis && actual != axis - 3)) {
            throw new OnnxException(
                    "preprocess.onnx: %s does not join two values on axis %d"
                            .formatted(node, axis));
        }
        return node;
    }

    private static void requireZeros(Graph graph, String value) {
        Node node = producer(graph, value);
        while (node.is("Slice")) {
            node = producer(graph, node.input(0));
        }
        boolean isZero =
                node.attributes().get("value") instanceof Attribute.OfTensor(Tensor filler)
                        ? allZero(filler)
                        : !node.attributes().containsKey("value");
        if (!node.is("ConstantOfShape") || !isZero) {
            throw new OnnxException("preprocess.onnx: %s is not made of zeros".formatted(value));
        }
    }

    private static boolean allZero(Tensor tensor) {
        for (float value : tensor.toFloats()) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static Node producer(Graph graph, String value) {
        return graph.producer(value)
                .orElseThrow(
                        () ->
                                new OnnxException(
                                        "preprocess.onnx: %s is not made by a node"
                                                .formatted(value)));
    }

    private static void requireInputs(Model part, Graph whole, int from, int to) {
        List<Port> wanted = whole.inputs().subList(from, to + 1);
        if (!part.graph().inputs().equals(wanted)) {
            throw new OnnxException(
                    "preprocess.onnx: %s reads %s, not %s"
                            .formatted(part.graph().name(), part.graph().inputs(), wanted));
        }
    }
}
