/** Speech models of real shape and size with seeded random weights, for measurements. */
@NullMarked
package dev.snug.speech.synth;

import org.jspecify.annotations.NullMarked;
