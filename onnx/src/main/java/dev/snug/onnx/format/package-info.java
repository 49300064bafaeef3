/**
 * ONNX files as bytes: {@link dev.snug.onnx.format.ModelReader} and {@link
 * dev.snug.onnx.format.ModelWriter} turn files into {@link dev.snug.onnx.Model}s and back, {@link
 * dev.snug.onnx.format.WeightsWriter} lays weights beside them.
 *
 * <p>The protobuf wire code is our own: weights stay slices of mapped files and every count and
 * length of a file is checked before memory is spent on it.
 */
@NullMarked
package dev.snug.onnx.format;

import org.jspecify.annotations.NullMarked;
