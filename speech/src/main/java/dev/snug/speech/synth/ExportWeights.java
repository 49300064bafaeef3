package dev.snug.speech.synth;

import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.TensorFile.Elements;

import java.util.function.LongConsumer;

/**
 * Where the weights of exported graphs are made.
 *
 * @param seed of all that is random
 * @param madeBytes told the bytes of each tensor when it is there
 */
record ExportWeights(TensorFile file, long seed, LongConsumer madeBytes) {
    Tensor tensor(Shape shape, Elements elements) {
        Tensor tensor = file.tensor(shape, elements);
        madeBytes.accept(tensor.byteSize());
        return tensor;
    }
}
