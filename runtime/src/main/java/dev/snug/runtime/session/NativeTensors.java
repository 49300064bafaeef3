package dev.snug.runtime.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries tensors over the border between Snug and ONNX Runtime. */
final class NativeTensors {
    private NativeTensors() {}

    /** A native view of {@code tensor}: a direct buffer is read in place, a heap one is copied. */
    static OnnxTensor wrap(Tensor tensor) throws OrtException {
        ByteBuffer bytes = tensor.bytes();
        if (!bytes.isDirect()) {
            bytes = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
        }
        // ONNX Runtime takes a buffer as it is only in the machine's own byte order.
        return OnnxTensor.createTensor(
                Engine.environment(),
                bytes.order(ByteOrder.nativeOrder()),
                tensor.shape().sizes(),
                javaType(tensor.elementType()));
    }

    /** Copies of all results by output name. */
    static Map<String, Tensor> copy(OrtSession.Result result) throws OrtException {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
            if (!(entry.getValue() instanceof OnnxTensor tensor)) {
                throw new SessionException(
                        "output " + entry.getKey() + " is not a tensor: " + entry.getValue());
            }
            copies.put(
                    entry.getKey(),
                    new Tensor(
                            elementType(tensor.getInfo().type),
                            Shape.of(tensor.getInfo().getShape()),
                            tensor.getByteBuffer()));
        }
        return copies;
    }

    private static OnnxJavaType javaType(ElementType type) {
        return switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case UINT16, UINT32, UINT64, UINT4, INT4, STRING ->
                    throw new SessionException("ONNX Runtime's Java API takes no " + type);
        };
    }

    private static ElementType elementType(OnnxJavaType type) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT;
            case DOUBLE -> ElementType.DOUBLE;
            case INT8 -> ElementType.INT8;
            case UINT8 -> ElementType.UINT8;
            case INT16 -> ElementType.INT16;
            case INT32 -> ElementType.INT32;
            case INT64 -> ElementType.INT64;
            case BOOL -> ElementType.BOOL;
            case FLOAT16 -> ElementType.FLOAT16;
            case BFLOAT16 -> ElementType.BFLOAT16;
            default -> throw new SessionException("an output has the type " + type);
        };
    }
}
