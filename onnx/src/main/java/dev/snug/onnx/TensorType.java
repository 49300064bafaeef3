package dev.snug.onnx;

/** Element type and shape of a graph value. */
public record TensorType(ElementType elementType, Shape shape) {
    /** A float32 tensor of the given sizes. */
    public static TensorType floats(long... sizes) {
        return new TensorType(ElementType.FLOAT, Shape.of(sizes));
    }

    @Override
    public String toString() {
        return elementType.name().toLowerCase(java.util.Locale.ROOT) + shape;
    }
}
