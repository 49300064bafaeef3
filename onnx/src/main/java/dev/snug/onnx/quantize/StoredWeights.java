package dev.snug.onnx.quantize;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The edit that undoes weight-only storage: every constant that is stored as int8 or float16 with a
 * DequantizeLinear or Cast behind it becomes the float32 constant that these would make. For an
 * engine that rewrites a graph around constants.
 */
public final class StoredWeights {
    private StoredWeights() {}

    /** How weights of {@code model} are stored other than as float32: int8, float16, or both. */
    public static Set<Precision> precisions(Model model) {
        Set<Precision> found = EnumSet.noneOf(Precision.class);
        for (Node node : model.graph().nodes()) {
            Precision stored = precision(node, model.graph());
            if (stored != null) {
                found.add(stored);
            }
        }
        return found;
    }

    private static @Nullable Precision precision(Node node, Graph graph) {
        Tensor stored = graph.initializers().get(node.input(0));
        if (stored == null) {
            return null;
        }
        if (node.is("DequantizeLinear")
                && stored.elementType() == ElementType.INT8
                && node.input(2).isEmpty()
                && isAlongAnEnd(node, stored)
                && graph.initializers().containsKey(node.input(1))) {
            return Precision.INT8;
        }
        return node.is("Cast")
                        && stored.elementType() == ElementType.FLOAT16
                        && node.longAttribute("to", 0) == ElementType.FLOAT.code()
                ? Precision.FP16
                : null;
    }

    private static boolean isAlongAnEnd(Node node, Tensor stored) {
        long axis = node.longAttribute("axis", 1);
        return node.longAttribute("block_size", 0) == 0
                && (axis == 0 || axis == stored.shape().rank() - 1);
    }

    /**
     * The same model with float32 weights.
     *
     * @param file where they go
     */
    public static Model widened(Model model, TensorFile file) {
        Graph graph = model.graph();
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Tensor stored = graph.initializers().get(node.input(0));
            Precision precision = precision(node, graph);
            if (stored == null || precision == null) {
                nodes.add(node);
                continue;
            }
            initializers.put(
                    node.output(0),
                    file.tensor(
                            stored.shape(),
                            precision == Precision.INT8
                                    ? fromInt8(node, stored, graph)
                                    : fromHalf(stored)));
            initializers.remove(node.input(0));
            initializers.remove(node.input(1));
        }
        return model.withGraph(graph.with(nodes, initializers));
    }

    private static TensorFile.Elements fromInt8(Node node, Tensor stored, Graph graph) {
        float[] scales = Objects.requireNonNull(graph.initializers().get(node.input(1))).toFloats();
        int axis = Math.toIntExact(node.longAttribute("axis", 1));
        return ChannelGrid.along(axis, stored.shape()).weights(stored, scales);
    }

    private static TensorFile.Elements fromHalf(Tensor stored) {
        ByteBuffer halves = stored.bytes();
        return () -> Float.float16ToFloat(halves.getShort());
    }
}
