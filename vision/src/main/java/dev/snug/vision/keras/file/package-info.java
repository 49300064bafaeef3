/**
 * A {@code .keras} file opened for reading: zip directory, configuration and mapped weights, each
 * bounded before memory is spent on it.
 */
@NullMarked
package dev.snug.vision.keras.file;

import org.jspecify.annotations.NullMarked;
