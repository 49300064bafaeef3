package dev.snug.onnx.surgery;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whether two values of a graph are computed in the same way, one from the first of two inputs and
 * one from the second: equal operators over equal weights.
 */
final class TwinBranches {
    private final Graph graph;
    private final Map<String, Node> producers = new HashMap<>();
    private final Set<String> differing = new HashSet<>();
    private final Map<String, String> seen = new HashMap<>();
    private final String first;
    private final String second;

    TwinBranches(Graph graph, String first, String second) {
        this.graph = graph;
        this.first = first;
        this.second = second;
        differing.add(first);
        differing.add(second);
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output, node));
            if (Prune.reads(node).anyMatch(differing::contains)) {
                differing.addAll(node.outputs());
            }
        }
        differing.remove("");
    }

    /** Where the values {@code a} and {@code b} differ, for people; null when they are twins. */
    @Nullable String difference(String a, String b) {
        if (a.equals(b)) {
            return differing.contains(a) ? "both branches read " + a : null;
        }
        if (a.equals(first) && b.equals(second)) {
            return null;
        }
        // A pair of values need be compared once: many nodes read the same.
        if (b.equals(seen.get(a))) {
            return null;
        }
        String different = differenceInside(source(a), source(b));
        if (different == null) {
            seen.put(a, b);
        }
        return different;
    }

    private @Nullable String differenceInside(String a, String b) {
        if (a.equals(b)) {
            return difference(a, b);
        }
        Tensor left = graph.initializers().get(a);
        Tensor right = graph.initializers().get(b);
        if (left != null && right != null) {
            boolean equal = left.type().equals(right.type()) && left.bytes().equals(right.bytes());
            return equal ? null : "%s and %s are different constants".formatted(a, b);
        }
        Node one = producers.get(a);
        Node other = producers.get(b);
        if (one == null || other == null || !sameOperation(one, other, a, b)) {
            return "%s and %s are made differently".formatted(a, b);
        }
        for (int i = 0; i < one.inputs().size(); i++) {
            String different = difference(one.input(i), other.input(i));
            if (different != null) {
                return different;
            }
        }
        return null;
    }

    private static boolean sameOperation(Node one, Node other, String a, String b) {
        return one.operator().equals(other.operator())
                && one.domain().equals(other.domain())
                && one.attributes().equals(other.attributes())
                && one.inputs().size() == other.inputs().size()
                && one.outputs().indexOf(a) == other.outputs().indexOf(b);
    }

    /** The value that {@code value} is a copy of; exporters copy weights that are used twice. */
    private String source(String value) {
        String source = value;
        Node node = producers.get(source);
        while (node != null && node.is("Identity")) {
            source = node.input(0);
            node = producers.get(source);
        }
        return source;
    }
}
