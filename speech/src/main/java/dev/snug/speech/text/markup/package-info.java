/**
 * Marked-up text to parts: words, pauses, readings that the writer chose, and the speed of each. A
 * part of SSML 1.1 and a short form in brackets; see docs/markup.md. Pure: text in, values out.
 */
@NullMarked
package dev.snug.speech.text.markup;

import org.jspecify.annotations.NullMarked;
