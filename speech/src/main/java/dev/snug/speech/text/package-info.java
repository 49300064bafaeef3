/**
 * Text to chunks of tokens: cleaning, cutting and durations of VietVoice-TTS and F5-TTS. Pure but
 * for {@link dev.snug.speech.text.Vocabulary#read}.
 */
@NullMarked
package dev.snug.speech.text;

import org.jspecify.annotations.NullMarked;
