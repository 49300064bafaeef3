package dev.snug.onnx.quantize;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;

/**
 * The constant right factor of a matrix product, float32 or float16, read value by value where it
 * lies: nothing of it is copied.
 */
final class Factor {
    private static final int RANK = 2;

    private final ByteBuffer bytes;
    private final boolean isHalf;
    private final boolean isTurned;
    private final int rows;
    private final int columns;

    /**
     * The factor in {@code tensor}.
     *
     * @param isTurned whether it is stored as [columns, rows]
     */
    Factor(Tensor tensor, boolean isTurned) {
        this.bytes = tensor.bytes();
        this.isHalf = tensor.elementType() == ElementType.FLOAT16;
        this.isTurned = isTurned;
        this.rows = Math.toIntExact(tensor.shape().size(isTurned ? 1 : 0));
        this.columns = Math.toIntExact(tensor.shape().size(isTurned ? 0 : 1));
    }

    /** Whether {@code tensor} can be one. */
    static boolean fits(Tensor tensor) {
        return tensor.shape().rank() == RANK
                && (tensor.elementType() == ElementType.FLOAT
                        || tensor.elementType() == ElementType.FLOAT16);
    }

    /** The inner size of the product. */
    int rows() {
        return rows;
    }

    /** Output channels. */
    int columns() {
        return columns;
    }

    /** Values in all. */
    long elements() {
        return (long) rows * columns;
    }

    /**
     * Some columns, one behind the other.
     *
     * @param into gets {@code rows} values of each
     */
    void columns(int first, float[] into) {
        int count = Math.min(into.length / rows, columns - first);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < count; column++) {
                into[column * rows + row] = at(row, first + column);
            }
        }
    }

    /** One value. */
    float at(int row, int column) {
        int index = isTurned ? column * rows + row : row * columns + column;
        return isHalf
                ? Float.float16ToFloat(bytes.getShort(index * Short.BYTES))
                : bytes.getFloat(index * Float.BYTES);
    }
}
