package dev.snug.onnx.surgery;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The edit that takes out of a graph all that depends on one input alone, for an input of which all
 * values are known beforehand: the step number of a diffusion or flow model.
 *
 * <p>The folded part is run once for each value. What the rest of the graph reads of it, the
 * frontier, becomes inputs of the rest under the same names, with a table of what to feed; the
 * weights of the folded part are gone. The rest fed with row i computes what the whole computes
 * with value i, to the bit where the evaluator runs the same operators as the session does; one
 * that fuses a product with its sum rounds once less.
 *
 * <p>Nodes with a body or with random numbers are never folded. A graph output that depends on the
 * input alone is left out of the rest and reported.
 */
public final class StepFolding {
    /** Values that one input may have; samplers use 4 to 50 steps, training schedules 1000. */
    public static final int ROWS_MAX = 1024;

    /** Bytes of the whole table; F5 base with 32 steps has 18 MB. */
    public static final long TABLE_BYTES_MAX = 256L << 20;

    private final Model model;
    private final String input;
    private final List<Tensor> values;
    private final Set<String> folded;
    private final Set<String> frontier;

    private StepFolding(Model model, String input, List<Tensor> values) {
        Graph graph = model.graph();
        this.model = model;
        this.input = input;
        this.values = values;
        Set<String> constants =
                Dependence.closure(graph, graph.initializers().keySet(), node -> true);
        Set<String> roots = new HashSet<>(graph.initializers().keySet());
        roots.add(input);
        folded = Dependence.closure(graph, roots, node -> true);
        folded.removeAll(constants);
        frontier = Dependence.frontier(graph, folded);
    }

    /**
     * A graph in two parts.
     *
     * @param model the rest, with the table's columns as its last inputs
     * @param outputsLeftOut outputs of the whole that depend on the folded input alone
     */
    public record Folded(Model model, StepTable table, List<String> outputsLeftOut) {
        public Folded {
            outputsLeftOut = List.copyOf(outputsLeftOut);
        }
    }

    /**
     * Folds {@code input}.
     *
     * @param values all values it will have, {@value #ROWS_MAX} at most
     * @throws OnnxException when there is no such input, nothing or everything depends on it alone,
     *     a value is not of its type, or the table would exceed {@link #TABLE_BYTES_MAX}
     */
    public static Folded fold(Model model, String input, List<Tensor> values, Evaluator evaluator) {
        if (values.isEmpty() || values.size() > ROWS_MAX) {
            throw new OnnxException(
                    "input %s can be folded for 1 to %d values, not for %d"
                            .formatted(input, ROWS_MAX, values.size()));
        }
        TensorType type = model.graph().input(input).type();
        for (Tensor value : values) {
            if (value.elementType() != type.elementType()
                    || value.shape().rank() != type.shape().rank()) {
                throw new OnnxException(
                        "input %s is %s, a value to fold is %s".formatted(input, type, value));
            }
        }
        return new StepFolding(model, input, List.copyOf(values)).run(evaluator);
    }

    private Folded run(Evaluator evaluator) {
        if (frontier.isEmpty() || frontier.equals(Set.of(input))) {
            throw new OnnxException(
                    "nothing to fold: in %s the rest reads nothing that follows from input %s alone"
                            .formatted(model.graph().name(), input));
        }
        List<Port> outputs = new ArrayList<>(model.graph().outputs());
        outputs.removeIf(port -> folded.contains(port.name()));
        if (outputs.isEmpty()) {
            throw new OnnxException(
                    "nothing would be left: all outputs of %s follow from input %s alone"
                            .formatted(model.graph().name(), input));
        }
        List<String> leftOut =
                model.graph().outputs().stream().map(Port::name).filter(folded::contains).toList();
        StepTable table = table(evaluator);
        return new Folded(model.withGraph(rest(table.columns(), outputs)), table, leftOut);
    }

    private Graph rest(List<Port> columns, List<Port> outputs) {
        Graph graph = model.graph();
        List<Port> inputs = new ArrayList<>(graph.inputs());
        inputs.removeIf(port -> port.name().equals(input));
        inputs.addAll(columns);
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.removeIf(node -> Dependence.makes(node, folded));
        Map<String, TensorType> types = new LinkedHashMap<>(graph.valueTypes());
        types.keySet().removeAll(folded);
        return Prune.unused(
                new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), types));
    }

    private StepTable table(Evaluator evaluator) {
        Set<String> made = new LinkedHashSet<>(frontier);
        made.remove(input);
        Map<String, TensorType> types = ShapeInference.infer(model);
        Unrolled unrolled = new Unrolled(model, types, input, folded, made);
        List<Map<String, Tensor>> rows = new ArrayList<>();
        if (made.stream().allMatch(name -> isFixed(types.get(name)))) {
            requireSmall(made.stream().mapToLong(name -> bytes(types.get(name))).sum());
        } else {
            // Computed alone, the first row tells how large all rows will be.
            rows.addAll(unrolled.evaluate(values.subList(0, 1), evaluator));
            requireSmall(rows.getFirst().values().stream().mapToLong(Tensor::byteSize).sum());
        }
        if (rows.size() < values.size()) {
            rows.addAll(unrolled.evaluate(values.subList(rows.size(), values.size()), evaluator));
        }
        if (frontier.contains(input)) {
            for (int row = 0; row < rows.size(); row++) {
                rows.get(row).put(input, values.get(row));
            }
        }
        List<Port> columns = new ArrayList<>();
        for (String name : frontier) {
            Tensor tensor = rows.getFirst().get(name);
            if (tensor == null) {
                throw new OnnxException("the evaluator gave no value " + name);
            }
            columns.add(new Port(name, tensor.type()));
        }
        return new StepTable(columns, rows);
    }

    private void requireSmall(long rowBytes) {
        if (Math.multiplyExact(rowBytes, values.size()) > TABLE_BYTES_MAX) {
            throw new OnnxException(
                    ("the step table of input %s would take %d bytes for each of %d values, more"
                                    + " than %d; fold fewer values")
                            .formatted(input, rowBytes, values.size(), TABLE_BYTES_MAX));
        }
    }

    private static boolean isFixed(@Nullable TensorType type) {
        return type != null && type.shape().isFixed();
    }

    private static long bytes(@Nullable TensorType type) {
        return type == null ? 0 : type.elementType().bytes(type.shape().elements());
    }
}
