package dev.snug.onnx.lifetime;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds when each value of a run is alive, and so what the run holds at each node.
 *
 * <p>Four steps: the order in which the engine runs the nodes ({@link ExecutionOrder}); which
 * values share a buffer, decided by the engine on the shapes it knows at load ({@link BufferPlan});
 * bytes of every value from the sizes of this run; what operators take for themselves ({@link
 * Workspace}). The largest sum over the nodes is the peak.
 *
 * <p>It holds for ONNX Runtime's provider for the CPU with one operator at a time, a graph that is
 * not rewritten at load, and no memory pattern.
 */
public final class Lifetime {
    /** Far above any value of a model that Snug runs; it bounds what the arena's pages take. */
    static final long VALUE_BYTES_MAX = 64L << 30;

    private final Model model;
    private final List<Node> order;
    private final Map<String, String> roots;

    private Lifetime(Model model, List<Node> order, Map<String, String> roots) {
        this.model = model;
        this.order = order;
        this.roots = roots;
    }

    /**
     * What of {@code model} is the same at all sizes.
     *
     * @throws OnnxException when it has no nodes, or its types contradict each other
     */
    public static Lifetime of(Model model) {
        Graph graph = model.graph();
        if (graph.nodes().isEmpty()) {
            throw new OnnxException("graph " + graph.name() + " has no nodes: nothing would run");
        }
        List<Node> order = ExecutionOrder.of(graph);
        return new Lifetime(model, order, BufferPlan.of(graph, order, ShapeInference.infer(model)));
    }

    /** As {@link #of(Model)}, {@link #sized} and {@link Sized#on}. */
    public static Activations of(Model model, Map<String, Long> sizes, Execution execution) {
        return of(model).sized(sizes).on(execution);
    }

    /**
     * A run of certain sizes.
     *
     * @param sizes of named dimensions, such as frames = 750; a whole-number input of one element
     *     that is named here is known to have that value
     * @throws OnnxException when a value's size does not follow from the sizes: it names the value,
     *     the operator that makes it and the sizes given; when a value is over 64 GiB
     * @throws ArithmeticException when sizes multiply to more than a long holds
     */
    public Sized sized(Map<String, Long> sizes) {
        Map<String, TensorType> types = ShapeInference.infer(Binding.of(model, sizes));
        Map<String, Long> bytes = new HashMap<>();
        for (Node node : order) {
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    bytes.put(output, bytes(node, output, types, sizes));
                }
            }
        }
        return new Sized(order, types, BufferPlan.buffers(model.graph(), order, roots, bytes));
    }

    /** A run of certain sizes, on a machine that is not yet known. */
    public static final class Sized {
        private final List<Node> order;
        private final Map<String, TensorType> types;
        private final List<Buffer> buffers;

        private Sized(List<Node> order, Map<String, TensorType> types, List<Buffer> buffers) {
            this.order = order;
            this.types = types;
            this.buffers = buffers;
        }

        /** What the run holds. */
        public Activations on(Execution execution) {
            return activations(
                    order, buffers, new Workspace(types, execution), new Arithmetic(types));
        }
    }

    /**
     * The shape of {@code port} with numbers in place of names.
     *
     * @throws OnnxException when one of its sizes is not in {@code sizes}
     */
    public static Shape bound(Port port, Map<String, Long> sizes) {
        Shape shape = Binding.shape(port.type().shape(), sizes);
        if (!shape.isFixed()) {
            throw new OnnxException(
                    "%s is %s, and the sizes given are %s: name the others"
                            .formatted(port.name(), port.type(), sizes));
        }
        return shape;
    }

    private static long bytes(
            Node node, String output, Map<String, TensorType> types, Map<String, Long> sizes) {
        TensorType type = types.get(output);
        if (type == null || !type.shape().isFixed()) {
            throw new OnnxException(
                    ("the size of %s is not known before the run: %s made by %s, with the sizes %s"
                                    + " given; name the sizes of all inputs, or measure the run")
                            .formatted(
                                    output,
                                    type == null ? "nothing is known of what is" : type + " is",
                                    node.operator(),
                                    sizes));
        }
        long bytes = Workspace.bytes(type);
        if (bytes > VALUE_BYTES_MAX) {
            throw new OnnxException(
                    "%s is %s, %d bytes; the limit of one value is %d: ask for smaller sizes than %s"
                            .formatted(output, type, bytes, VALUE_BYTES_MAX, sizes));
        }
        return bytes;
    }

    /** The type of {@code value}, all of whose sizes are known. */
    static TensorType sized(String value, Map<String, TensorType> types) {
        TensorType type = types.get(value);
        if (type == null || !type.shape().isFixed()) {
            throw new OnnxException("the size of " + value + " is not known before the run");
        }
        return type;
    }

    private static Activations activations(
            List<Node> order, List<Buffer> buffers, Workspace workspace, Arithmetic arithmetic) {
        long[] change = new long[order.size() + 1];
        for (Buffer buffer : buffers) {
            change[buffer.first()] += buffer.bytes();
            change[buffer.last() + 1] -= buffer.bytes();
        }
        List<Moment> moments = new ArrayList<>();
        long held = 0;
        int peak = 0;
        for (int at = 0; at < order.size(); at++) {
            held = Math.addExact(held, change[at]);
            Node node = order.get(at);
            moments.add(new Moment(node, held, workspace.of(node), arithmetic.of(node)));
            peak = moments.get(at).bytes() > moments.get(peak).bytes() ? at : peak;
        }
        return new Activations(buffers, moments, peak);
    }
}
