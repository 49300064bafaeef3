package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The edit that stores weights in half the bytes: each float32 initializer of more than {@link
 * #VALUES_MIN} values becomes a float16 one with a Cast to float32 behind it. The graph still
 * computes in float32; only the weights are rounded, to nearest, ties to even.
 */
public final class HalfStorage {
    /** Values; below, the Cast costs a graph more than it saves. */
    static final long VALUES_MIN = 1024;

    /** Bytes of all float16 values of one edit, which are made on the heap. */
    static final long TOTAL_BYTES_MAX = 256L << 20;

    /** What stands behind the name of a weight for its float16 values. */
    private static final String SUFFIX = ".half";

    private HalfStorage() {}

    /**
     * The same model with its large weights as float16.
     *
     * @throws OnnxException when a weight is beyond float16's 65,504, or the results together would
     *     exceed {@link #TOTAL_BYTES_MAX}
     */
    public static Model of(Model model) {
        Graph graph = model.graph();
        GraphBuilder names = GraphBuilder.from(graph);
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<String, Tensor> entry : graph.initializers().entrySet()) {
            String name = entry.getKey();
            Tensor tensor = entry.getValue();
            if (!isLarge(tensor)) {
                initializers.put(name, tensor);
                continue;
            }
            bytes += tensor.byteSize() / 2;
            if (bytes > TOTAL_BYTES_MAX) {
                throw new OnnxException(
                        "the weights of %s take more than %d bytes as float16; store them as float32"
                                .formatted(graph.name(), TOTAL_BYTES_MAX));
            }
            String half = names.fresh(name + SUFFIX);
            initializers.put(half, halved(name, tensor));
            nodes.add(cast(half, name));
        }
        nodes.addAll(graph.nodes());
        return model.withGraph(graph.with(nodes, initializers));
    }

    private static boolean isLarge(Tensor tensor) {
        return tensor.elementType() == ElementType.FLOAT && tensor.shape().elements() > VALUES_MIN;
    }

    private static Node cast(String half, String name) {
        return new Node(
                name,
                "",
                "Cast",
                List.of(half),
                List.of(name),
                Map.of("to", new Attribute.OfLong(ElementType.FLOAT.code())));
    }

    private static Tensor halved(String name, Tensor tensor) {
        ByteBuffer values = tensor.bytes();
        ByteBuffer halves =
                ByteBuffer.allocate(tensor.byteSize() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            float value = values.getFloat();
            short half = Float.floatToFloat16(value);
            if (Float.isInfinite(Float.float16ToFloat(half))) {
                throw new OnnxException(
                        "%s holds %s, beyond the largest float16, 65504; store it as float32"
                                .formatted(name, value));
            }
            halves.putShort(half);
        }
        return new Tensor(ElementType.FLOAT16, tensor.shape(), halves.flip());
    }
}
