/**
 * Picture to probabilities, heat map and overlay: {@link dev.snug.vision.Classifier} calls the
 * stages in order; {@link dev.snug.vision.ClassifierImport} makes the bundles that it runs.
 */
@NullMarked
package dev.snug.vision;

import org.jspecify.annotations.NullMarked;
