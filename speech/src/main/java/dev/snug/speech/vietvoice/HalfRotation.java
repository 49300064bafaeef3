package dev.snug.speech.vietvoice;

import dev.snug.onnx.Tensor;
import dev.snug.speech.f5.Rotation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rotary tables of the exported graphs, [frames, 32] each: rounded to half precision, as the
 * archive keeps them, so that results agree with it.
 */
record HalfRotation(Tensor cosines, Tensor sines) {
    static HalfRotation of(int frames) {
        Rotation exact = Rotation.of(frames);
        return new HalfRotation(rounded(exact.cosines()), rounded(exact.sines()));
    }

    private static Tensor rounded(Tensor exact) {
        float[] values = exact.toFloats();
        ByteBuffer bytes = ByteBuffer.allocate(exact.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(Float.float16ToFloat(Float.floatToFloat16(value)));
        }
        return new Tensor(exact.elementType(), exact.shape(), bytes.flip());
    }
}
