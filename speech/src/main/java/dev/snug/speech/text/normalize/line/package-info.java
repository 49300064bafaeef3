/** One line of clean text as tokens, and what a token is: a syllable, a capitalised word. Pure. */
@NullMarked
package dev.snug.speech.text.normalize.line;

import org.jspecify.annotations.NullMarked;
