/**
 * Edits of a graph, one class for each: every edit takes a graph and returns another.
 *
 * <p>{@link dev.snug.onnx.surgery.ReverseMode} appends the gradient of one value with respect to
 * another; {@link dev.snug.onnx.surgery.Prune} drops what no output needs.
 */
@NullMarked
package dev.snug.onnx.surgery;

import org.jspecify.annotations.NullMarked;
