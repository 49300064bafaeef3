/**
 * Words that are not Vietnamese: told from Vietnamese syllables by their grammar, and spelled,
 * respelled in Vietnamese syllables or kept. Pure but for the bundled tables, which are read from
 * the class path once.
 */
@NullMarked
package dev.snug.speech.text.foreign;

import org.jspecify.annotations.NullMarked;
