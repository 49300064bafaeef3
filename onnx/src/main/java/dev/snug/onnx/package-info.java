/**
 * The ONNX graph as Java values: what every other package of this module reads, edits or writes.
 *
 * <p>{@link dev.snug.onnx.Model} holds a {@link dev.snug.onnx.Graph} of {@link
 * dev.snug.onnx.Node}s; weights are {@link dev.snug.onnx.Tensor}s whose bytes may lie in a mapped
 * file. Nothing here loads native code.
 */
@NullMarked
package dev.snug.onnx;

import org.jspecify.annotations.NullMarked;
