package dev.snug.onnx.quantize;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.surgery.HalfStorage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The edit that stores the weights of a graph as ONNX Runtime has laid it out for a processor in
 * fewer bytes again: the engine writes float32. Only weights that lie on a grid already are touched
 * ({@link ChannelGrid#holding}), so each keeps the value it has in the portable graph, and those
 * that were kept wide stay wide.
 *
 * <p>An int8 weight is [blocks, inner, lanes] with a scale for each block and lane, which is
 * DequantizeLinear in blocks of {@code inner} along axis 1, then a Reshape, which costs nothing.
 */
public final class LaidOutWeights {
    /** The first operator set whose DequantizeLinear has blocks. */
    private static final long OPSET_MIN = 21;

    /** The first IR version of that operator set. */
    private static final long IR_VERSION_MIN = 10;

    private LaidOutWeights() {}

    /**
     * The same model with the weights that allow it stored in one of {@code precisions}.
     *
     * @param precisions as the weights of the portable graph are stored: {@link
     *     StoredWeights#precisions}
     * @param file where the new weights go
     */
    public static Model narrowed(Model model, Set<Precision> precisions, TensorFile file) {
        Model narrow = precisions.contains(Precision.INT8) ? int8(model, file) : model;
        return precisions.contains(Precision.FP16)
                ? HalfStorage.exact(narrow, ConvolutionWeights.VALUES_MIN, file)
                : narrow;
    }

    private static Model int8(Model model, TensorFile file) {
        Graph graph = model.graph();
        GraphBuilder builder = GraphBuilder.from(graph);
        Set<String> replaced = new HashSet<>();
        graph.initializers()
                .forEach(
                        (name, tensor) -> {
                            Optional<ChannelGrid> grid =
                                    isLarge(tensor)
                                            ? ChannelGrid.holding(tensor)
                                            : Optional.empty();
                            if (grid.isPresent()) {
                                add(builder, name, tensor, grid.get(), file);
                                replaced.add(name);
                            }
                        });
        Graph both = builder.build();
        Map<String, Tensor> initializers = new LinkedHashMap<>(both.initializers());
        initializers.keySet().removeAll(replaced);
        int before = graph.nodes().size();
        // In front, for the reason that ConvolutionWeights gives.
        List<Node> nodes = new ArrayList<>(both.nodes().subList(before, both.nodes().size()));
        nodes.addAll(graph.nodes());
        return withBlocks(model).withGraph(graph.with(nodes, initializers));
    }

    private static boolean isLarge(Tensor tensor) {
        return tensor.elementType() == ElementType.FLOAT
                && tensor.shape().rank() >= 2
                && tensor.shape().elements() >= ConvolutionWeights.VALUES_MIN;
    }

    private static void add(
            GraphBuilder graph, String name, Tensor tensor, ChannelGrid grid, TensorFile file) {
        float[] scales = grid.scales(name, tensor);
        Shape blocked = Shape.of(grid.blocks(), grid.inner(), grid.lanes());
        String values =
                graph.initializer(
                        name + ".int8",
                        file.tensor(ElementType.INT8, blocked, grid.values(tensor, scales)));
        String scalesName =
                graph.initializer(
                        name + ".scales", Tensor.floats(scales, grid.blocks(), 1, grid.lanes()));
        String weights =
                graph.add(
                        "DequantizeLinear",
                        name + ".blocks",
                        List.of(values, scalesName),
                        attribute("axis", 1),
                        attribute("block_size", grid.inner()));
        long[] sizes = tensor.shape().sizes();
        String shape = graph.initializer(name + ".shape", Tensor.longs(sizes, sizes.length));
        graph.addNode("Reshape", List.of(weights, shape), List.of(name));
    }

    private static Model withBlocks(Model model) {
        Map<String, Long> opsets = new HashMap<>(model.opsets());
        opsets.merge("", OPSET_MIN, Math::max);
        return new Model(
                Math.max(model.irVersion(), IR_VERSION_MIN),
                opsets,
                model.producer(),
                model.metadata(),
                model.graph());
    }
}
