/**
 * Weights in fewer bytes: a model becomes another one that computes nearly the same.
 *
 * <p>Pure but for the temporary file that holds the new weights ({@link
 * dev.snug.onnx.format.TensorFile}).
 */
@NullMarked
package dev.snug.onnx.quantize;

import org.jspecify.annotations.NullMarked;
