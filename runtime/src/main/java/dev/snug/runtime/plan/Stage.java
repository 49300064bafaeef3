package dev.snug.runtime.plan;

import dev.snug.onnx.Model;
import dev.snug.onnx.lifetime.Activations;
import dev.snug.onnx.lifetime.Lifetime;
import dev.snug.onnx.lifetime.Packing;

import java.util.Map;

/**
 * One graph, the sizes it runs with, and how its session is set up: all that its memory follows
 * from.
 *
 * @param activations of one run
 * @param packing of its weights
 * @param nodes of the graph
 * @param inputBytes of the tensors that the caller gives, outside the Java heap
 * @param runs with the same session, 1 or more
 * @param settings of the session
 */
public record Stage(
        Activations activations,
        Packing packing,
        int nodes,
        long inputBytes,
        int runs,
        Settings settings) {
    public Stage {
        if (runs < 1 || inputBytes < 0) {
            throw new IllegalArgumentException(
                    "a stage of %d runs and %d bytes of inputs".formatted(runs, inputBytes));
        }
    }

    /**
     * What of a session's settings decides about memory.
     *
     * @param threads of one operator, 1 to 256
     * @param weightsMapped whether weights stay pages of their file
     * @param arena whether freed activations are kept for the next run
     */
    public record Settings(int threads, boolean weightsMapped, boolean arena) {}

    /**
     * The stage that runs {@code model}.
     *
     * @param sizes of its named dimensions, as {@link Lifetime#sized} takes them
     * @throws dev.snug.onnx.OnnxException when a size does not follow from {@code sizes}
     */
    public static Stage of(Model model, Map<String, Long> sizes, int runs, Settings settings) {
        return StageGraph.of(model).stage(sizes, runs, settings);
    }
}
