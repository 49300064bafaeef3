package dev.snug.speech.synth;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Single numbers as tensors. */
final class ExportTensors {
    private ExportTensors() {}

    /** The attribute {@code value}. */
    static Named value(Tensor tensor) {
        return new Named("value", new Attribute.OfTensor(tensor));
    }

    /** One int32 with {@code sizes}, each of them 1. */
    static Tensor int32(int value, long... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(ElementType.INT32, Shape.of(sizes), bytes.putInt(value).flip());
    }

    /** One int64, [1]. */
    static Tensor int64(long value) {
        return Tensor.longs(new long[] {value}, 1);
    }
}
