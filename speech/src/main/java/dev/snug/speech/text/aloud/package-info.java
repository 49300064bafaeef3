/** Marked-up, written Vietnamese as pieces for a voice. */
@NullMarked
package dev.snug.speech.text.aloud;

import org.jspecify.annotations.NullMarked;
