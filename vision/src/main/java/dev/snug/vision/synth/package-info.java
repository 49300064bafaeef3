/** Classifiers of real shape and size with seeded random weights, for measurements. */
@NullMarked
package dev.snug.vision.synth;

import org.jspecify.annotations.NullMarked;
