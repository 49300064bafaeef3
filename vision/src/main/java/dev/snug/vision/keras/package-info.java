/**
 * Imports a {@code .keras} file into an ONNX graph, in pure Java.
 *
 * <p>{@link dev.snug.vision.keras.KerasImporter} reads the file into a {@link
 * dev.snug.vision.keras.KerasModel}; that is flattened into a list of layer calls, and one rule for
 * each layer class adds operators to the graph. Inside the graph every value of rank 4 is NCHW.
 */
@NullMarked
package dev.snug.vision.keras;

import org.jspecify.annotations.NullMarked;
