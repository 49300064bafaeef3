/** Any Unicode to characters that the rules know, each with its place in the written text. Pure. */
@NullMarked
package dev.snug.speech.text.normalize.clean;

import org.jspecify.annotations.NullMarked;
