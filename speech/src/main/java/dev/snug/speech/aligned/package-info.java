/**
 * The aligned models: F5-TTS's transformer over text that is aligned to frames before it is
 * encoded, two frames a token. Snug's own small voice is one; {@code training/} makes them.
 */
@NullMarked
package dev.snug.speech.aligned;

import org.jspecify.annotations.NullMarked;
