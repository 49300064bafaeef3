package dev.snug.onnx.surgery;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
        long bytes =
                model.graph().initializers().values().stream()
                        .filter(tensor -> isLarge(tensor, VALUES_MIN))
                        .mapToLong(tensor -> tensor.byteSize() / 2)
                        .sum();
        if (bytes > TOTAL_BYTES_MAX) {
            throw new OnnxException(
                    "the weights of %s take more than %d bytes as float16; store them as float32"
                            .formatted(model.graph().name(), TOTAL_BYTES_MAX));
        }
        return of(model, tensor -> isLarge(tensor, VALUES_MIN), HalfStorage::onHeap);
    }

    /**
     * The same model with its weights of more than {@code valuesMin} values as float16, which go to
     * {@code file}: of any size.
     *
     * @throws OnnxException when a weight is beyond float16's 65,504
     */
    public static Model of(Model model, long valuesMin, TensorFile file) {
        return of(model, tensor -> isLarge(tensor, valuesMin), in(file));
    }

    /** As {@link #of(Model, long, TensorFile)} for the weights that lose nothing by it. */
    public static Model exact(Model model, long valuesMin, TensorFile file) {
        return of(model, tensor -> isLarge(tensor, valuesMin) && isExact(tensor), in(file));
    }

    private static Room in(TensorFile file) {
        return (shape, filling) -> file.tensor(ElementType.FLOAT16, shape, filling);
    }

    private static boolean isExact(Tensor tensor) {
        ByteBuffer values = tensor.bytes();
        while (values.hasRemaining()) {
            float value = values.getFloat();
            if (Float.float16ToFloat(Float.floatToFloat16(value)) != value
                    || Float.isInfinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Where float16 values go. */
    private interface Room {
        Tensor take(Shape shape, TensorFile.Filling filling);
    }

    private static Tensor onHeap(Shape shape, TensorFile.Filling filling) {
        int bytes = Math.toIntExact(ElementType.FLOAT16.bytes(shape.elements()));
        ByteBuffer halves = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        filling.fill(halves);
        return new Tensor(ElementType.FLOAT16, shape, halves.flip());
    }

    private static Model of(Model model, Predicate<Tensor> isChosen, Room room) {
        Graph graph = model.graph();
        GraphBuilder names = GraphBuilder.from(graph);
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (Map.Entry<String, Tensor> entry : graph.initializers().entrySet()) {
            String name = entry.getKey();
            Tensor tensor = entry.getValue();
            if (!isChosen.test(tensor)) {
                initializers.put(name, tensor);
                continue;
            }
            String half = names.fresh(name + SUFFIX);
            initializers.put(half, room.take(tensor.shape(), halves(name, tensor.bytes())));
            nodes.add(cast(half, name));
        }
        nodes.addAll(graph.nodes());
        return model.withGraph(graph.with(nodes, initializers));
    }

    private static boolean isLarge(Tensor tensor, long valuesMin) {
        return tensor.elementType() == ElementType.FLOAT && tensor.shape().elements() > valuesMin;
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

    private static TensorFile.Filling halves(String name, ByteBuffer values) {
        return piece -> {
            while (piece.hasRemaining()) {
                piece.putShort(half(name, values.getFloat()));
            }
        };
    }

    private static short half(String name, float value) {
        short half = Float.floatToFloat16(value);
        if (Float.isInfinite(Float.float16ToFloat(half))) {
            throw new OnnxException(
                    "%s holds %s, beyond the largest float16, 65504; store it as float32"
                            .formatted(name, value));
        }
        return half;
    }
}
