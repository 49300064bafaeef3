package dev.snug.onnx.surgery;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
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
import java.util.function.Predicate;

/**
 * The edit that takes one Euler step with classifier-free guidance apart and keeps one branch of
 * it, the velocity:
 *
 * <pre>
 * both    = network(Concat(0; enter(x, condition), enter(x, none)))    [2, frames, bands]
 * c, u    = Split(0; both)
 * result  = x + (c + (c − u)·guidance)·delta
 * </pre>
 *
 * <p>becomes {@code velocity = network(enter(x, condition))}, [1, frames, bands]. Whoever runs it
 * chooses guidance and delta, leaves the second branch out where it is not wanted, and holds the
 * activations of one branch instead of two.
 *
 * <p>Recognised by structure alone. The network must do the same for each of a batch: {@link
 * BatchFree} says which operators do.
 */
public final class GuidanceSplitting {
    private final Model model;
    private final Graph graph;
    private final String conditional;
    private final String unconditional;
    private final Map<String, Node> producers = new HashMap<>();

    /**
     * A step without its integration.
     *
     * @param model the velocity of one branch: inputs as before without the second condition and
     *     the length of the step; one output
     * @param guidance the strength that the step had
     * @param delta the input that gave the length of the step
     */
    public record Split(Model model, float guidance, String delta) {}

    /** The end of a step. */
    private record End(Node parted, String with, float guidance, String delta) {}

    private GuidanceSplitting(Model model, String conditional, String unconditional) {
        this.model = model;
        this.graph = model.graph();
        this.conditional = conditional;
        this.unconditional = unconditional;
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
        }
    }

    /**
     * Takes the step apart.
     *
     * @param state the input that is integrated
     * @param conditional the input that only the first branch reads
     * @param unconditional the input that only the second branch reads
     * @throws OnnxException when the graph is not such a step; says where it differs
     */
    public static Split split(Model model, String state, String conditional, String unconditional) {
        return new GuidanceSplitting(model, conditional, unconditional).run(state);
    }

    private Split run(String state) {
        require(graph.outputs().size() == 1, "the step has other outputs than the next state");
        End end = end(state);
        TwinBranches twins = new TwinBranches(graph, conditional, unconditional);
        List<String> differences = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.is("Concat") && node.longAttribute("axis", 1) == 0) {
                String different =
                        node.inputs().size() == 2
                                ? twins.difference(node.input(0), node.input(1))
                                : "it joins " + node.inputs().size() + " values";
                if (different == null) {
                    require(
                            end.with().equals(end.parted().output(0)),
                            "the second branch is the conditional one");
                    return cut(node, end);
                }
                differences.add(node + ": " + different);
            }
        }
        throw differs("no Concat joins two equal branches: " + differences);
    }

    private End end(String state) {
        Node step = maker(graph.outputs().getFirst().name(), "Add");
        Node change = maker(other(step, state), "Mul");
        String delta = oneOf(change, this::isStepLength, "multiplies by no length of a step");
        Node guided = maker(other(change, delta), "Add");
        String scaledName =
                oneOf(
                        guided,
                        value -> {
                            Node node = producers.get(value);
                            return node != null && node.is("Mul");
                        },
                        "adds no scaled difference");
        String with = other(guided, scaledName);
        Node scaled = maker(scaledName, "Mul");
        String strength = oneOf(scaled, this::isScalar, "is not scaled by a constant");
        Node difference = maker(other(scaled, strength), "Sub");
        Node parted = maker(with, "Split");
        require(
                parted.longAttribute("axis", 0) == 0 && parted.outputs().size() == 2,
                parted + " does not part two branches");
        String without = parted.output(parted.output(0).equals(with) ? 1 : 0);
        require(
                difference.input(0).equals(with) && difference.input(1).equals(without),
                difference + " is not the difference of the branches");
        Tensor guidance = requireNonNull(graph.initializers().get(strength));
        return new End(parted, with, guidance.toFloats()[0], delta);
    }

    private Split cut(Node joined, End end) {
        BatchFree.require(model, joined.output(0), end.parted().input(0));
        String velocity = GraphBuilder.from(graph).fresh("velocity");
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<String> inputs =
                    node.inputs().stream()
                            .map(name -> name.equals(joined.output(0)) ? joined.input(0) : name)
                            .toList();
            List<String> outputs =
                    node.outputs().stream()
                            .map(name -> name.equals(end.parted().input(0)) ? velocity : name)
                            .toList();
            if (!node.equals(joined) && !node.equals(end.parted())) {
                nodes.add(node.withInputs(inputs).withOutputs(outputs));
            }
        }
        Graph cut =
                Prune.unused(
                        new Graph(
                                "velocity",
                                graph.inputs(),
                                List.of(new Port(velocity, oneBranch())),
                                nodes,
                                graph.initializers(),
                                Map.of()));
        Set<String> read = cut.consumers().keySet();
        require(
                !read.contains(unconditional) && !read.contains(end.delta()),
                "the velocity still depends on " + unconditional + " or " + end.delta());
        List<Port> inputs = new ArrayList<>(cut.inputs());
        inputs.removeIf(port -> !read.contains(port.name()));
        Graph velocityGraph =
                new Graph(
                        cut.name(),
                        inputs,
                        cut.outputs(),
                        cut.nodes(),
                        new LinkedHashMap<>(cut.initializers()),
                        Map.of());
        return new Split(model.withGraph(velocityGraph), end.guidance(), end.delta());
    }

    /** The type of the next state is that of the velocity of one branch. */
    private TensorType oneBranch() {
        Shape state = graph.outputs().getFirst().type().shape();
        require(state.rank() == 3, "the state is not [1, frames, bands]: " + state);
        List<Dimension> sizes = List.of(Dimension.of(1), state.dimension(1), state.dimension(2));
        return new TensorType(ElementType.FLOAT, new Shape(sizes));
    }

    private boolean isStepLength(String value) {
        return graph.inputs().stream()
                .filter(port -> port.name().equals(value))
                .map(port -> port.type().shape())
                .anyMatch(shape -> shape.isFixed() && shape.elements() == 1);
    }

    private boolean isScalar(String value) {
        Tensor tensor = graph.initializers().get(value);
        return tensor != null
                && tensor.elementType() == ElementType.FLOAT
                && tensor.byteSize() == Float.BYTES;
    }

    private Node maker(String value, String operator) {
        Node node = producers.get(value);
        if (node == null || !node.is(operator)) {
            throw differs("%s is not made by %s".formatted(value, operator));
        }
        return node;
    }

    /** The input of a node of two that is not {@code one}. */
    private static String other(Node node, String one) {
        require(
                node.inputs().size() == 2 && node.inputs().contains(one),
                node + " does not read " + one);
        return node.input(0).equals(one) ? node.input(1) : node.input(0);
    }

    private static String oneOf(Node node, Predicate<String> wanted, String otherwise) {
        return node.inputs().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> differs(node + " " + otherwise));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw differs(otherwise);
        }
    }

    private static OnnxException differs(String how) {
        return new OnnxException("this is not a guided Euler step: " + how);
    }
}
