/**
 * Text to sound: {@link dev.snug.speech.Speaker} calls the stages in order, from a request over the
 * text rules and a model's networks to samples.
 */
@NullMarked
package dev.snug.speech;

import org.jspecify.annotations.NullMarked;
