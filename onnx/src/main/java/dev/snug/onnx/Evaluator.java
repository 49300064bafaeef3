package dev.snug.onnx;

import java.util.Map;

/**
 * Runs a model once on known inputs: what constant folding and calibration need and this module,
 * free of native code, does not have. Implemented by the runtime module.
 */
@FunctionalInterface
public interface Evaluator {
    /**
     * All graph outputs by name.
     *
     * @param inputs a tensor for each graph input, by name
     * @throws OnnxException when the model cannot run
     */
    Map<String, Tensor> evaluate(Model model, Map<String, Tensor> inputs);
}
