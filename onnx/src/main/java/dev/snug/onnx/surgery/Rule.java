package dev.snug.onnx.surgery;

/**
 * The vector-Jacobian product of one operator: from the gradient of a node's output to the gradient
 * of one of its inputs.
 */
@FunctionalInterface
interface Rule {
    /**
     * Appends the product for input {@code input} of the step's node.
     *
     * @return the gradient, with the rank of that input and on each axis its size or 1
     * @throws dev.snug.onnx.OnnxException when this operator cannot be differentiated as it is used
     *     here
     */
    Term gradient(Step step, int input);
}
