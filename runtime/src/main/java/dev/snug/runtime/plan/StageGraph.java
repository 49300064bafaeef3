package dev.snug.runtime.plan;

import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.lifetime.Execution;
import dev.snug.onnx.lifetime.Lifetime;
import dev.snug.onnx.lifetime.Packing;
import dev.snug.runtime.plan.Stage.Settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One graph, looked at once: the stages that run it with many sizes and settings follow sooner than
 * one by one. Not for several threads at once.
 */
public final class StageGraph {
    private final List<Port> inputs;
    private final int nodes;
    private final Packing packing;
    private final Lifetime lifetime;
    private final Map<Map<String, Long>, Lifetime.Sized> known = new HashMap<>();

    private StageGraph(Model model) {
        this.inputs = model.graph().inputs();
        this.nodes = model.graph().nodes().size();
        this.packing = Packing.of(model);
        this.lifetime = Lifetime.of(model);
    }

    /**
     * The graph of {@code model}.
     *
     * @throws dev.snug.onnx.OnnxException when it cannot run
     */
    public static StageGraph of(Model model) {
        return new StageGraph(model);
    }

    /**
     * The stage that runs it {@code runs} times with one session.
     *
     * @param sizes of its named dimensions, as {@link Lifetime#sized} takes them
     * @throws dev.snug.onnx.OnnxException when a size does not follow from {@code sizes}
     */
    public Stage stage(Map<String, Long> sizes, int runs, Settings settings) {
        long bytes = 0;
        for (Port input : inputs) {
            Shape shape = Lifetime.bound(input, sizes);
            bytes = Math.addExact(bytes, input.type().elementType().bytes(shape.elements()));
        }
        Lifetime.Sized sized = known.computeIfAbsent(Map.copyOf(sizes), lifetime::sized);
        return new Stage(
                sized.on(Execution.of(settings.threads())), packing, nodes, bytes, runs, settings);
    }
}
