package dev.snug.speech.vietvoice;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.surgery.Extraction;

import java.util.List;
import java.util.Map;

/**
 * The proof that the rotary tables of an archive are those that {@link HalfRotation} makes: that
 * four inputs carry the same numbers for each batch, head and half of a pair cannot be seen in the
 * transformer, which reads them.
 */
final class RotaryCheck {
    /** Frames that are compared: enough for every frequency to turn or to have begun to. */
    private static final int FRAMES = 96;

    /** One unit of half precision below 1, where a rounding may fall on the other side. */
    private static final float TOLERANCE = 1f / (1 << 10);

    private RotaryCheck() {}

    /**
     * Requires that the tables of {@code preprocess} are those of rotary positions.
     *
     * @throws OnnxException when they are not; says how far off
     */
    static void require(Model preprocess, Evaluator evaluator) {
        Graph graph = preprocess.graph();
        List<Port> outputs =
                graph.outputs()
                        .subList(
                                ArchiveGraphs.ROTARY,
                                ArchiveGraphs.ROTARY + ArchiveGraphs.ROTARY_COUNT);
        Model tables = Extraction.of(preprocess, "rotary", outputs);
        Port frames = graph.inputs().get(ArchiveGraphs.MAX_DURATION);
        if (!tables.graph().inputs().equals(List.of(frames))) {
            throw new OnnxException(
                    "preprocess.onnx: the rotary tables depend on more than frames");
        }
        Map<String, Tensor> results =
                evaluator.evaluate(
                        tables, Map.of(frames.name(), Tensor.longs(new long[] {FRAMES}, 1)));
        HalfRotation expected = HalfRotation.of(FRAMES);
        for (int table = 0; table < outputs.size(); table++) {
            String name = outputs.get(table).name();
            Tensor result = results.get(name);
            if (result == null) {
                throw new OnnxException("the evaluator gave no value " + name);
            }
            compare(
                    result,
                    (table % 2 == 0 ? expected.cosines() : expected.sines()).toFloats(),
                    table >= 2,
                    name);
        }
    }

    /** Compares [batch, heads, frames, width] or, frames last, [batch, heads, width, frames]. */
    private static void compare(Tensor table, float[] expected, boolean framesLast, String name) {
        int pairs = expected.length / FRAMES;
        int plane = FRAMES * 2 * pairs;
        long width = table.shape().size(framesLast ? 2 : 3);
        float[] values = table.toFloats();
        if (width != 2L * pairs || values.length % plane != 0) {
            throw new OnnxException(
                    "preprocess.onnx: %s is %s; heads of width %d are supported"
                            .formatted(name, table, 2 * pairs));
        }
        for (int at = 0; at < values.length; at++) {
            int within = at % plane;
            int frame = framesLast ? within % FRAMES : within / (2 * pairs);
            int channel = framesLast ? within / FRAMES : within % (2 * pairs);
            float wanted = expected[frame * pairs + channel / 2];
            // Written so that NaN fails too.
            if (!(Math.abs(values[at] - wanted) <= TOLERANCE)) {
                throw new OnnxException(
                        "preprocess.onnx: %s has %s for frame %d and channel %d, not %s"
                                .formatted(name, values[at], frame, channel, wanted));
            }
        }
    }
}
