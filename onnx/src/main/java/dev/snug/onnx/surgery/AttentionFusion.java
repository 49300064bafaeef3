package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The edit that replaces {@link RotaryAttention} by ONNX Runtime's own operators: RotaryEmbedding
 * for queries and keys, then MultiHeadAttention with scale 1, since the export has the scale in the
 * weights.
 *
 * <p>The scores [batch, heads, frames, frames] need not exist in whole any more, and the rotary
 * tables shrink from four inputs of [batch, heads, frames, width] to two of [frames, width / 2].
 * Results differ in the last bits. An attention that is not recognised stays as it is and is
 * reported.
 *
 * <p>Operators: ContribOperators.md of ONNX Runtime, domain com.microsoft version 1. Rotary
 * positions: Su and others 2021, arXiv:2104.09864, pairs interleaved.
 */
public final class AttentionFusion {
    private static final String DOMAIN = "com.microsoft";

    /** Softmax works on one axis alone from here on. */
    private static final long OPSET_MIN = 13;

    private final Graph graph;
    private final GraphBuilder names;
    private final String firstPosition;
    private final Map<List<Port>, RotaryTables> tables = new LinkedHashMap<>();
    private final Map<String, List<Node>> fused = new HashMap<>();
    private final List<String> left = new ArrayList<>();

    private AttentionFusion(Graph graph) {
        this.graph = graph;
        names = GraphBuilder.from(graph);
        firstPosition = names.fresh("rotary_first_position");
    }

    /**
     * Two new inputs, float32 [frames, width / 2], and what they stand for.
     *
     * @param cos the cosine of frame · angle of each pair
     * @param sin the sine of the same
     * @param replaces the inputs that carried the same numbers for each batch, head and half of a
     *     pair: cosines and sines of the queries, then of the keys
     */
    public record RotaryTables(Port cos, Port sin, List<Port> replaces) {
        public RotaryTables {
            replaces = List.copyOf(replaces);
        }
    }

    /**
     * What was done.
     *
     * @param fused the number of attentions replaced
     * @param left for each Softmax that stays, where it differs from the pattern
     * @param tables the new inputs
     */
    public record FusionReport(int fused, List<String> left, List<RotaryTables> tables) {
        public FusionReport {
            left = List.copyOf(left);
            tables = List.copyOf(tables);
        }
    }

    /** A model and what was done to it. */
    public record Fused(Model model, FusionReport report) {}

    /** The same model with each attention replaced that is recognised. */
    public static Fused fuse(Model model) {
        if (model.opsets().getOrDefault("", 0L) < OPSET_MIN) {
            String reason = "operator set below " + OPSET_MIN;
            return new Fused(model, new FusionReport(0, List.of(reason), List.of()));
        }
        return new AttentionFusion(model.graph()).run(model);
    }

    private Fused run(Model model) {
        RotaryAttention.Finder finder = new RotaryAttention.Finder(graph);
        for (Node node : graph.nodes()) {
            if (node.is("Softmax")) {
                try {
                    replace(finder.around(node));
                } catch (RotaryAttention.Mismatch mismatch) {
                    left.add(node.output(0) + ": " + mismatch.getMessage());
                }
            }
        }
        FusionReport report = new FusionReport(fused.size(), left, List.copyOf(tables.values()));
        if (fused.isEmpty()) {
            return new Fused(model, report);
        }
        Map<String, Long> opsets = new HashMap<>(model.opsets());
        opsets.put(DOMAIN, 1L);
        Model result =
                new Model(model.irVersion(), opsets, model.producer(), model.metadata(), rebuilt());
        return new Fused(result, report);
    }

    private void replace(RotaryAttention attention) {
        RotaryTables rotary =
                tables.computeIfAbsent(
                        List.of(
                                attention.q().cos(),
                                attention.q().sin(),
                                attention.k().cos(),
                                attention.k().sin()),
                        replaces -> newTables(replaces, attention.width()));
        Node q = rotated(attention.q().value(), rotary);
        Node k = rotated(attention.k().value(), rotary);
        Node result =
                new Node(
                        attention.result().name(),
                        DOMAIN,
                        "MultiHeadAttention",
                        List.of(q.output(0), k.output(0), attention.v()),
                        attention.result().outputs(),
                        Map.of(
                                "num_heads",
                                new Attribute.OfLong(attention.heads()),
                                "scale",
                                new Attribute.OfFloat(1)));
        fused.put(attention.result().output(0), List.of(q, k, result));
    }

    private RotaryTables newTables(List<Port> replaces, long width) {
        Dimension frames = replaces.getFirst().type().shape().dimension(2);
        TensorType type =
                new TensorType(
                        ElementType.FLOAT, new Shape(List.of(frames, Dimension.of(width / 2))));
        return new RotaryTables(
                new Port(names.fresh("rotary_cos"), type),
                new Port(names.fresh("rotary_sin"), type),
                replaces);
    }

    private Node rotated(String value, RotaryTables rotary) {
        String output = names.fresh(value + "/rotated");
        return new Node(
                output,
                DOMAIN,
                "RotaryEmbedding",
                List.of(value, firstPosition, rotary.cos().name(), rotary.sin().name()),
                List.of(output),
                Map.of("interleaved", new Attribute.OfLong(1)));
    }

    /** The new nodes stand where the result was made; what it was made of goes when unused. */
    private Graph rebuilt() {
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            nodes.addAll(fused.getOrDefault(node.output(0), List.of(node)));
        }
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        initializers.put(firstPosition, Tensor.longs(new long[] {0}, 1));
        Graph pruned = Prune.unused(graph.with(nodes, initializers));
        Set<String> read = pruned.consumers().keySet();
        List<Port> inputs = new ArrayList<>(pruned.inputs());
        for (RotaryTables rotary : tables.values()) {
            inputs.removeIf(
                    port -> rotary.replaces().contains(port) && !read.contains(port.name()));
            inputs.add(rotary.cos());
            inputs.add(rotary.sin());
        }
        return new Graph(
                pruned.name(),
                inputs,
                pruned.outputs(),
                pruned.nodes(),
                pruned.initializers(),
                pruned.valueTypes());
    }
}
