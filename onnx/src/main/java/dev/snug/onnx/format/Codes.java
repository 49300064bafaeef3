package dev.snug.onnx.format;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.format.Schema.TensorProto;

/**
 * How each element type is stored when a tensor does not use {@code raw_data}.
 *
 * <p>Source: the comments of {@code TensorProto} in the ONNX specification.
 */
final class Codes {
    /** The type with the given code, or an error at {@code at}. */
    static ElementType elementType(long code, WireReader at) {
        for (ElementType type : ElementType.values()) {
            if (type.code() == code) {
                return type;
            }
        }
        throw at.error("unknown tensor element type " + code);
    }

    /** The field of {@code TensorProto} that holds values of {@code type}. */
    static int dataField(ElementType type) {
        return switch (type) {
            case FLOAT -> TensorProto.FLOAT_DATA;
            case INT32, UINT8, INT8, UINT16, INT16, BOOL, FLOAT16, BFLOAT16, UINT4, INT4 ->
                    TensorProto.INT32_DATA;
            case INT64 -> TensorProto.INT64_DATA;
            case DOUBLE -> TensorProto.DOUBLE_DATA;
            case UINT32, UINT64 -> TensorProto.UINT64_DATA;
            case STRING -> TensorProto.STRING_DATA;
        };
    }

    /** The bytes that one number of {@link #dataField} makes; two 4-bit elements share one. */
    static int unitBytes(ElementType type) {
        return Math.max(1, type.bits() / Byte.SIZE);
    }

    private Codes() {}
}
