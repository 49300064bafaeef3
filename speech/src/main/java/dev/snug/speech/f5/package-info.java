/**
 * F5-TTS as graphs of Snug's own, made from a checkpoint: text embedding, velocity, step table and
 * vocoder; and the loop that integrates the velocity.
 */
@NullMarked
package dev.snug.speech.f5;

import org.jspecify.annotations.NullMarked;
