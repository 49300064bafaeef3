package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Self-attention with rotary positions as exporters write it, recognised by its operators:
 *
 * <pre>
 * q, k, v     [batch, frames, heads·width]
 * split(x)    = Transpose(Reshape(x, [batch, -1, heads, width]))
 * turn(x)     = (x0, x1, x2, x3, …) → (−x1, x0, −x3, x2, …)
 * rotate(x)   = split(x)·cos + turn(split(x))·sin
 * result      = Reshape(Transpose(Softmax(rotate(q)·rotate(k)ᵀ)·split(v)), [batch, -1, heads·width])
 * </pre>
 *
 * <p>The keys are split with frames last, so that no transposition stands before the product. The
 * tables cos and sin are graph inputs of the full size, the keys' with frames last too.
 *
 * @param result the node whose output is the attention's result
 */
record RotaryAttention(Node result, Rotated q, Rotated k, String v, long heads, long width) {
    private static final long[] FRAMES_BEFORE_WIDTH = {0, 2, 1, 3};
    private static final long[] FRAMES_LAST = {0, 2, 3, 1};

    /** A rotated projection: its value before it is split and the inputs that rotate it. */
    record Rotated(String value, Port cos, Port sin) {}

    /** How a projection was split. */
    private record Split(String value, long batch, long heads, long width) {
        boolean sameAs(Split other) {
            return batch == other.batch && heads == other.heads && width == other.width;
        }
    }

    private record Turned(Rotated rotated, Split split) {}

    /** What is there is not such an attention; the message says where it differs. */
    static final class Mismatch extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message, null, false, false);
        }
    }

    /** A graph with the indexes that finding needs. */
    static final class Finder {
        private final Graph graph;
        private final Map<String, Node> producers = new HashMap<>();
        private final Map<String, List<Node>> consumers;
        private final Map<String, Port> inputs = new HashMap<>();

        Finder(Graph graph) {
            this.graph = graph;
            consumers = graph.consumers();
            graph.inputs().forEach(port -> inputs.put(port.name(), port));
            for (Node node : graph.nodes()) {
                node.outputs().forEach(output -> producers.put(output, node));
            }
        }

        /** The attention around {@code softmax}. */
        RotaryAttention around(Node softmax) throws Mismatch {
            long axis = softmax.longAttribute("axis", -1);
            require(axis == -1 || axis == 3, softmax, "is not over the keys");
            Node scores = maker(softmax.input(0), "MatMul");
            Turned q = turned(scores.input(0), false);
            Turned k = turned(scores.input(1), true);

            Node probabilities = softmax;
            while (onlyReader(probabilities).is("Cast")) {
                probabilities = onlyReader(probabilities);
                require(
                        probabilities.longAttribute("to", 0) == ElementType.FLOAT.code(),
                        probabilities,
                        "changes the precision");
            }
            Node mixed = onlyReader(probabilities);
            require(
                    mixed.is("MatMul") && mixed.input(0).equals(probabilities.output(0)),
                    mixed,
                    "is not the product of probabilities and values");
            Split v = split(mixed.input(1), FRAMES_BEFORE_WIDTH);
            require(v.sameAs(q.split()) && v.sameAs(k.split()), mixed, "splits heads unevenly");
            Node joined = onlyReader(mixed);
            require(joined.is("Transpose"), joined, "is not a Transpose");
            requirePermutation(joined, FRAMES_BEFORE_WIDTH);
            Node result = onlyReader(joined);
            require(result.is("Reshape"), result, "is not a Reshape");
            requireSizes(result, v.batch(), -1, v.heads() * v.width());
            return new RotaryAttention(
                    result, q.rotated(), k.rotated(), v.value(), v.heads(), v.width());
        }

        private Turned turned(String value, boolean framesLast) throws Mismatch {
            Node sum = maker(value, "Add");
            Node first = maker(sum.input(0), "Mul");
            Node second = maker(sum.input(1), "Mul");
            boolean turnedFirst = producer(factor(first)).is("Reshape");
            Node plain = turnedFirst ? second : first;
            Node turned = turnedFirst ? first : second;
            Split split = split(factor(plain), framesLast ? FRAMES_LAST : FRAMES_BEFORE_WIDTH);
            requireTurned(factor(turned), factor(plain), split, framesLast);
            Port cos = table(plain, split.width(), framesLast);
            Port sin = table(turned, split.width(), framesLast);
            return new Turned(new Rotated(split.value(), cos, sin), split);
        }

        /** Requires that {@code value} is {@code plain} with each pair (a, b) as (−b, a). */
        private void requireTurned(String value, String plain, Split split, boolean framesLast)
                throws Mismatch {
            long pairs = split.width() / 2;
            int pairAxis = framesLast ? 3 : 4;
            Node joined = maker(value, "Reshape");
            Node swapped = maker(joined.input(0), "Concat");
            Node negated = maker(swapped.input(0), "Neg");
            Node halves = maker(swapped.input(1), "Split");
            Node paired = maker(halves.input(0), "Reshape");
            require(paired.input(0).equals(plain), paired, "turns another value");
            if (framesLast) {
                requireSizes(paired, split.batch(), split.heads(), pairs, 2, -1);
                requireSizes(joined, split.batch(), split.heads(), split.width(), -1);
            } else {
                requireSizes(paired, split.batch(), split.heads(), -1, pairs, 2);
                requireSizes(joined, split.batch(), split.heads(), -1, split.width());
            }
            require(
                    axis(halves, 0) == pairAxis && splitsInTwoOfOne(halves),
                    halves,
                    "does not take pairs apart");
            require(axis(swapped, 0) == pairAxis, swapped, "does not join pairs");
            require(
                    halves.outputs().size() == 2
                            && negated.input(0).equals(halves.output(1))
                            && swapped.input(1).equals(halves.output(0))
                            && swapped.inputs().size() == 2,
                    swapped,
                    "does not swap two halves");
        }

        private boolean splitsInTwoOfOne(Node node) {
            Tensor sizes = constant(node.input(1));
            return node.input(1).isEmpty()
                    || (sizes != null && Arrays.equals(sizes.toLongs(), new long[] {1, 1}));
        }

        private Split split(String value, long[] permutation) throws Mismatch {
            Node transposed = maker(value, "Transpose");
            requirePermutation(transposed, permutation);
            Node reshaped = maker(transposed.input(0), "Reshape");
            long[] sizes = sizes(reshaped);
            require(
                    sizes.length == 4
                            && sizes[0] > 0
                            && sizes[1] == -1
                            && sizes[2] > 0
                            && sizes[3] > 0
                            && sizes[3] % 2 == 0,
                    reshaped,
                    "does not split heads of even width");
            return new Split(reshaped.input(0), sizes[0], sizes[2], sizes[3]);
        }

        /** The factor of {@code product} that is not a graph input. */
        private String factor(Node product) {
            return inputs.containsKey(product.input(0)) ? product.input(1) : product.input(0);
        }

        /** The factor of {@code product} that is a graph input. */
        private Port table(Node product, long width, boolean framesLast) throws Mismatch {
            Port table = inputs.get(product.input(0));
            table = table == null ? inputs.get(product.input(1)) : table;
            if (table == null
                    || table.type().elementType() != ElementType.FLOAT
                    || table.type().shape().rank() != 4) {
                throw new Mismatch(product + " multiplies by no table that is an input");
            }
            Shape shape = table.type().shape();
            require(
                    shape.dimension(framesLast ? 2 : 3).equals(Dimension.of(width))
                            && !shape.dimension(framesLast ? 3 : 2).equals(Dimension.of(1)),
                    product,
                    "multiplies by a table that has no row for each frame: " + table);
            return table;
        }

        private Node producer(String value) throws Mismatch {
            Node node = producers.get(value);
            if (node == null) {
                throw new Mismatch(value + " is not made by a node");
            }
            return node;
        }

        private Node maker(String value, String operator) throws Mismatch {
            Node node = producer(value);
            require(node.is(operator), node, "is not a " + operator);
            return node;
        }

        private Node onlyReader(Node node) throws Mismatch {
            List<Node> readers = consumers.getOrDefault(node.output(0), List.of());
            require(readers.size() == 1, node, "is read " + readers.size() + " times");
            return readers.getFirst();
        }

        private long[] sizes(Node reshape) throws Mismatch {
            Tensor tensor = constant(reshape.input(1));
            if (tensor == null
                    || tensor.elementType() != ElementType.INT64
                    || reshape.longAttribute("allowzero", 0) != 0) {
                throw new Mismatch(reshape + " has no constant sizes");
            }
            return tensor.toLongs();
        }

        private @Nullable Tensor constant(String value) {
            Node node = producers.get(value);
            return node != null && node.attributes().get("value") instanceof Attribute.OfTensor of
                    ? of.value()
                    : graph.initializers().get(value);
        }

        private void requireSizes(Node reshape, long... expected) throws Mismatch {
            require(
                    Arrays.equals(sizes(reshape), expected),
                    reshape,
                    "does not give " + Arrays.toString(expected));
        }

        private static void requirePermutation(Node transpose, long... expected) throws Mismatch {
            require(
                    Arrays.equals(transpose.longsAttribute("perm"), expected),
                    transpose,
                    "does not permute as " + Arrays.toString(expected));
        }

        /** The axis of a node whose input has a batch, heads, and three more axes. */
        private static long axis(Node node, long absent) {
            long axis = node.longAttribute("axis", absent);
            return axis < 0 ? axis + 5 : axis;
        }

        private static void require(boolean holds, Node node, String otherwise) throws Mismatch {
            if (!holds) {
                throw new Mismatch(node + " " + otherwise);
            }
        }
    }
}
