/**
 * Samples: sound files in and out, resampling, levels, joining of chunks, and the noise that speech
 * starts from.
 */
@NullMarked
package dev.snug.speech.sound;

import org.jspecify.annotations.NullMarked;
