/**
 * Edits of a graph, one class for each: every edit takes a graph and returns another.
 *
 * <p>{@link dev.snug.onnx.surgery.ReverseMode} appends the gradient of one value with respect to
 * another; {@link dev.snug.onnx.surgery.Prune} drops what no output needs; {@link
 * dev.snug.onnx.surgery.StepFolding} replaces what depends on one input alone by a table and {@link
 * dev.snug.onnx.surgery.ConstantFolding} what depends on nothing by its value; {@link
 * dev.snug.onnx.surgery.AttentionFusion} replaces many operators by two; {@link
 * dev.snug.onnx.surgery.GuidanceSplitting} keeps one of two equal branches; {@link
 * dev.snug.onnx.surgery.Extraction} keeps a part, and {@link
 * dev.snug.onnx.surgery.ConstantHoisting} makes weights of constants.
 */
@NullMarked
package dev.snug.onnx.surgery;

import org.jspecify.annotations.NullMarked;
