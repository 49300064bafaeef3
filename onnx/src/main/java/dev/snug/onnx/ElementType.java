package dev.snug.onnx;

/** The element type of a tensor, with the code it has in {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1, 32),
    UINT8(2, 8),
    INT8(3, 8),
    UINT16(4, 16),
    INT16(5, 16),
    INT32(6, 32),
    INT64(7, 64),
    STRING(8, 0),
    BOOL(9, 8),
    FLOAT16(10, 16),
    DOUBLE(11, 64),
    UINT32(12, 32),
    UINT64(13, 64),
    BFLOAT16(16, 16),
    UINT4(21, 4),
    INT4(22, 4);

    private static final ElementType[] ALL = values();

    private final int code;
    private final int bits;

    ElementType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The code of this type in the ONNX specification. */
    public int code() {
        return code;
    }

    /** The width of one element in bits; 0 for strings, whose width varies. */
    public int bits() {
        return bits;
    }

    /**
     * The bytes that {@code elements} packed elements take; 4-bit types share bytes.
     *
     * @throws ArithmeticException when the size does not fit a long
     */
    public long bytes(long elements) {
        return Math.ceilDiv(Math.multiplyExact(elements, bits), 8L);
    }

    /**
     * The type with the given ONNX code.
     *
     * @throws OnnxException when the code is not one that Snug knows
     */
    public static ElementType ofCode(long code) {
        for (ElementType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        throw new OnnxException("unknown tensor element type " + code);
    }
}
