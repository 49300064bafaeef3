/**
 * Text to pieces that are spoken in one run each: cut where a reader breathes, balanced, within the
 * seconds of a run. Pure: text in, values out.
 */
@NullMarked
package dev.snug.speech.text.chunk;

import org.jspecify.annotations.NullMarked;
