package dev.snug.speech.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An array of numpy: its type, its sizes and its elements, little-endian, row by row. */
public final class NpyArray {
    private final NpyType type;
    private final List<Integer> shape;
    private final ByteBuffer elements;

    NpyArray(NpyType type, List<Integer> shape, ByteBuffer elements) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.elements = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An array of float32; its size is the product of {@code shape}. */
    public static NpyArray of(float[] values, Integer... shape) {
        ByteBuffer elements = allocated(values.length, NpyType.FLOAT32, shape);
        elements.asFloatBuffer().put(values);
        return new NpyArray(NpyType.FLOAT32, List.of(shape), elements);
    }

    /** An array of int32; its size is the product of {@code shape}. */
    public static NpyArray of(int[] values, Integer... shape) {
        ByteBuffer elements = allocated(values.length, NpyType.INT32, shape);
        elements.asIntBuffer().put(values);
        return new NpyArray(NpyType.INT32, List.of(shape), elements);
    }

    private static ByteBuffer allocated(int count, NpyType type, Integer... shape) {
        long size = 1;
        for (int length : shape) {
            size *= length;
        }
        if (size != count) {
            throw new IllegalArgumentException(
                    "%d values for the shape %s".formatted(count, List.of(shape)));
        }
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    public NpyType type() {
        return type;
    }

    /** Sizes, outermost first; empty for a single value. */
    public List<Integer> shape() {
        return shape;
    }

    /** The bytes of the elements. */
    ByteBuffer elements() {
        return elements.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements of a float32 array. */
    public float[] floats() {
        requireType(NpyType.FLOAT32);
        float[] values = new float[elements.remaining() / Float.BYTES];
        elements().asFloatBuffer().get(values);
        return values;
    }

    /** The elements of an array of whole numbers. */
    public long[] wholes() {
        if (type == NpyType.FLOAT32) {
            throw new IllegalStateException("an array of float32 holds no whole numbers");
        }
        long[] values = new long[elements.remaining() / type.bytes()];
        for (int i = 0; i < values.length; i++) {
            int at = i * type.bytes();
            values[i] =
                    switch (type) {
                        case INT64 -> elements.getLong(at);
                        case INT32 -> elements.getInt(at);
                        default -> elements.getShort(at);
                    };
        }
        return values;
    }

    private void requireType(NpyType wanted) {
        if (type != wanted) {
            throw new IllegalStateException("an array of " + type + ", not " + wanted);
        }
    }
}
