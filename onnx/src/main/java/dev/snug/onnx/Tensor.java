package dev.snug.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A dense tensor: element type, sizes and row-major little-endian bytes.
 *
 * <p>The bytes may be a slice of a mapped file: they are read-only here and are never copied by
 * this type, so a graph with gigabytes of weights takes no heap for them.
 */
public final class Tensor {
    private final ElementType elementType;
    private final Shape shape;
    private final ByteBuffer bytes;

    /**
     * A view of {@code bytes} from its position to its limit.
     *
     * @throws OnnxException when sizes and byte count disagree
     */
    public Tensor(ElementType elementType, Shape shape, ByteBuffer bytes) {
        if (elementType == ElementType.STRING) {
            throw new OnnxException("string tensors are not supported");
        }
        long expected = elementType.bytes(shape.elements());
        if (expected != bytes.remaining()) {
            throw new OnnxException(
                    "tensor %s%s needs %d bytes, %d given"
                            .formatted(elementType, shape, expected, bytes.remaining()));
        }
        this.elementType = elementType;
        this.shape = shape;
        this.bytes = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A float32 tensor of the given sizes; {@code values} are copied. */
    public static Tensor floats(float[] values, long... sizes) {
        ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT, Shape.of(sizes), bytes);
    }

    /** An int64 tensor of the given sizes; {@code values} are copied. */
    public static Tensor longs(long[] values, long... sizes) {
        ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Long.BYTES));
        bytes.asLongBuffer().put(values);
        return new Tensor(ElementType.INT64, Shape.of(sizes), bytes);
    }

    /** A float32 scalar. */
    public static Tensor scalar(float value) {
        return floats(new float[] {value});
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public ElementType elementType() {
        return elementType;
    }

    public Shape shape() {
        return shape;
    }

    public TensorType type() {
        return new TensorType(elementType, shape);
    }

    /** A fresh little-endian view of the bytes, position 0. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public int byteSize() {
        return bytes.remaining();
    }

    /**
     * A copy of the elements of a float32 tensor.
     *
     * @throws OnnxException when the tensor is of another type
     */
    public float[] toFloats() {
        require(ElementType.FLOAT);
        float[] values = new float[byteSize() / Float.BYTES];
        bytes().asFloatBuffer().get(values);
        return values;
    }

    /**
     * A copy of the elements of an int64 tensor.
     *
     * @throws OnnxException when the tensor is of another type
     */
    public long[] toLongs() {
        require(ElementType.INT64);
        long[] values = new long[byteSize() / Long.BYTES];
        bytes().asLongBuffer().get(values);
        return values;
    }

    private void require(ElementType wanted) {
        if (elementType != wanted) {
            throw new OnnxException("a tensor of " + wanted + " is needed, this is " + type());
        }
    }

    @Override
    public String toString() {
        return type().toString();
    }
}
