/**
 * Shapes before the run: {@link dev.snug.onnx.shape.ShapeInference} finds the element types and
 * sizes of the values inside a graph, one rule an operator.
 */
@NullMarked
package dev.snug.onnx.shape;

import org.jspecify.annotations.NullMarked;
