package dev.snug.speech;

import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Passage;

/**
 * The recording whose voice is continued, at any rate, and the words that are heard in it.
 *
 * @param name what the voice is called, for people
 */
public record VoiceSample(String name, Recording recording, Passage text) {}
