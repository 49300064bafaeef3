package dev.snug.onnx.lifetime;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.TensorType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a run share a buffer, as ONNX Runtime plans it when it loads a graph.
 *
 * <p>Each value counts who reads it. At a node an output is (1) fresh memory when it is an output
 * of the graph, else (2) its input handed on, else (3) an input that nobody else reads any more,
 * where the kernel may write over it and both have the same shape, else (4) the buffer of the same
 * shape that came free last, else (5) fresh memory. A buffer is given back after the last reader of
 * the last value in it: until then it is held, even while no value is in it.
 *
 * <p>Shapes are compared as they are known at load: a size without a name or number is equal to
 * none. Source: PlannerImpl in core/framework/allocation_planner.cc (ComputeSingleStreamReusePlan,
 * FindReusableInput, FindReusableTensor, GenerateDeallocationPlan).
 */
final class BufferPlan {
    private final Map<String, TensorType> atLoad;
    private final Set<String> outputs = new HashSet<>();

    /** Whether a value is memory of the run: inputs and weights are not. */
    private final Set<String> made = new HashSet<>();

    private final Map<String, Integer> readers = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();
    private final Deque<String> free = new ArrayDeque<>();

    private BufferPlan(Graph graph, List<Node> order, Map<String, TensorType> atLoad) {
        this.atLoad = atLoad;
        graph.outputs().stream().map(Port::name).forEach(outputs::add);
        outputs.forEach(name -> readers.merge(name, 1, Integer::sum));
        for (Node node : order) {
            for (String input : node.inputs()) {
                readers.merge(input, 1, Integer::sum);
            }
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    made.add(output);
                }
                // The node itself holds what it makes until it has run.
                readers.merge(output, 1, Integer::sum);
            }
        }
    }

    /**
     * For each value that a node makes, the value whose buffer it is in: itself where the buffer is
     * new. Values that are an input or a weight handed on are in none.
     *
     * @param atLoad types as they are known without the sizes of named dimensions
     */
    static Map<String, String> of(Graph graph, List<Node> order, Map<String, TensorType> atLoad) {
        BufferPlan plan = new BufferPlan(graph, order, atLoad);
        order.forEach(plan::visit);
        return plan.roots;
    }

    private void visit(Node node) {
        for (int index = 0; index < node.outputs().size(); index++) {
            String output = node.output(index);
            if (!output.isEmpty()) {
                place(node, index, output);
            }
        }
        node.inputs().forEach(this::read);
        node.outputs().forEach(this::read);
    }

    private void place(Node node, int index, String output) {
        String shared = null;
        if (!outputs.contains(output)) {
            shared = index == 0 ? ofInputs(node, output) : null;
            shared = shared == null ? ofFree(output) : shared;
        }
        String root = shared == null ? output : rootOf(shared);
        if (shared != null && !made.contains(root)) {
            // Handed on from the caller or the weights: nothing of the run's own.
            roots.put(output, root);
            return;
        }
        roots.put(output, root);
        if (!root.equals(output)) {
            readers.merge(root, readers.getOrDefault(output, 0), Integer::sum);
        }
    }

    private @Nullable String ofInputs(Node node, String output) {
        if (Sharing.isHandedOn(node)) {
            return node.input(0);
        }
        for (int index : Sharing.overwritable(node)) {
            String input = node.input(index);
            String root = rootOf(input);
            if (made.contains(root)
                    && readers.getOrDefault(root, 0) == 1
                    && isSameShape(input, output)) {
                return input;
            }
        }
        return null;
    }

    private @Nullable String ofFree(String output) {
        TensorType type = atLoad.get(output);
        if (type == null || type.shape().rank() == 0) {
            return null;
        }
        Iterator<String> candidates = free.iterator();
        while (candidates.hasNext()) {
            String candidate = candidates.next();
            if (isSameShape(candidate, output)) {
                candidates.remove();
                return candidate;
            }
        }
        return null;
    }

    private void read(String value) {
        String root = rootOf(value);
        if (!made.contains(root)) {
            return;
        }
        if (readers.merge(root, -1, Integer::sum) == 0) {
            free.addFirst(root);
        }
    }

    private String rootOf(String value) {
        return roots.getOrDefault(value, value);
    }

    private boolean isSameShape(String left, String right) {
        TensorType l = atLoad.get(left);
        TensorType r = atLoad.get(right);
        return l != null
                && r != null
                && l.elementType().bytes(1) == r.elementType().bytes(1)
                && l.shape().equals(r.shape())
                && l.shape().dimensions().stream().noneMatch(Dimension.Unknown.class::isInstance);
    }

    /** The buffers of the plan in the order in which they are taken. */
    static List<Buffer> buffers(
            Graph graph, List<Node> order, Map<String, String> roots, Map<String, Long> bytes) {
        Map<String, Buffer> buffers = new HashMap<>();
        List<String> sequence = new ArrayList<>();
        Set<String> outputs = new HashSet<>();
        graph.outputs().forEach(port -> outputs.add(port.name()));
        for (int at = 0; at < order.size(); at++) {
            for (String output : order.get(at).outputs()) {
                String root = roots.get(output);
                if (output.isEmpty() || root == null) {
                    continue;
                }
                long size = bytes.getOrDefault(output, 0L);
                Buffer known = buffers.get(root);
                if (known == null && root.equals(output)) {
                    boolean isOutput = outputs.contains(output);
                    int last = isOutput ? order.size() - 1 : at;
                    buffers.put(root, new Buffer(root, order.get(at), size, at, last, isOutput));
                    sequence.add(root);
                } else if (known != null) {
                    buffers.put(root, grown(known, size, at));
                }
            }
            for (String input : order.get(at).inputs()) {
                Buffer known = buffers.get(roots.getOrDefault(input, input));
                if (known != null) {
                    buffers.put(known.value(), grown(known, 0, at));
                }
            }
        }
        return sequence.stream().map(buffers::get).toList();
    }

    private static Buffer grown(Buffer buffer, long bytes, int at) {
        return new Buffer(
                buffer.value(),
                buffer.maker(),
                Math.max(buffer.bytes(), bytes),
                buffer.first(),
                Math.max(buffer.last(), at),
                buffer.isOutput());
    }
}
