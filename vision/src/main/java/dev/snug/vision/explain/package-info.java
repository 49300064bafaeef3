/**
 * Where a classifier looked: a heat map that the model's own graph computes, in the same run as the
 * probabilities.
 */
@NullMarked
package dev.snug.vision.explain;

import org.jspecify.annotations.NullMarked;
