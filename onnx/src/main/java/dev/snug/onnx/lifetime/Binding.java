package dev.snug.onnx.lifetime;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model with numbers in place of its named dimensions. */
final class Binding {
    private final Map<String, Long> sizes;

    private Binding(Map<String, Long> sizes) {
        this.sizes = sizes;
    }

    /**
     * {@code model} with each named dimension that is in {@code sizes} as large as it says there,
     * and with each input of one whole number that is in it known to be that number. An input with
     * a named dimension is a list, whatever its name: its sizes are known, its values are not.
     */
    static Model of(Model model, Map<String, Long> sizes) {
        return model.withGraph(new Binding(sizes).bound(model.graph()));
    }

    private Graph bound(Graph graph) {
        Map<String, TensorType> inner = new LinkedHashMap<>();
        graph.valueTypes().forEach((name, type) -> inner.put(name, bound(type)));
        Map<String, Tensor> constants = new LinkedHashMap<>(graph.initializers());
        for (Port input : graph.inputs()) {
            Long value = sizes.get(input.name());
            if (value != null && isNumber(input.type())) {
                long[] shape = new long[input.type().shape().rank()];
                Arrays.fill(shape, 1);
                constants.put(input.name(), Tensor.longs(new long[] {value}, shape));
            }
        }
        return new Graph(
                graph.name(),
                bound(graph.inputs()),
                bound(graph.outputs()),
                graph.nodes(),
                constants,
                inner);
    }

    private static boolean isNumber(TensorType type) {
        return type.elementType() == ElementType.INT64
                && type.shape().dimensions().stream().allMatch(Dimension.of(1)::equals);
    }

    private List<Port> bound(List<Port> ports) {
        return ports.stream().map(port -> new Port(port.name(), bound(port.type()))).toList();
    }

    private TensorType bound(TensorType type) {
        return new TensorType(type.elementType(), shape(type.shape(), sizes));
    }

    /** {@code shape} with numbers for the names in {@code sizes}, nothing known of other names. */
    static Shape shape(Shape shape, Map<String, Long> sizes) {
        return new Shape(
                shape.dimensions().stream().map(dimension -> bound(dimension, sizes)).toList());
    }

    private static Dimension bound(Dimension dimension, Map<String, Long> sizes) {
        if (dimension instanceof Dimension.Symbol(String name)) {
            Long size = sizes.get(name);
            // The name of an output's size may be known by another name only: it is inferred.
            return size == null ? Dimension.unknown() : Dimension.of(size);
        }
        return dimension;
    }
}
