package dev.snug.vision.keras;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.vision.keras.file.KerasException;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The computed weights of an open model by name: each is computed once and is the same tensor in
 * every graph made from that model.
 */
final class WeightStore implements AutoCloseable {
    private final TensorFile file;
    private final Map<String, Tensor> tensors = new HashMap<>();

    WeightStore(TensorFile file) {
        this.file = file;
    }

    /** The tensor {@code key}; computed from {@code elements} the first time. */
    Tensor tensor(String key, Shape shape, Supplier<Elements> elements) {
        Tensor known = tensors.get(key);
        if (known != null) {
            return known;
        }
        try {
            Tensor made = file.tensor(shape, elements.get());
            tensors.put(key, made);
            return made;
        } catch (OnnxException e) {
            throw new KerasException(
                    "no room for the weights of " + key + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
