/** Voices: those of a model, the user's own, and what a recording must be to become one. */
@NullMarked
package dev.snug.speech.voice;

import org.jspecify.annotations.NullMarked;
