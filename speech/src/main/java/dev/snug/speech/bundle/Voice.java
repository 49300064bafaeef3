package dev.snug.speech.bundle;

import dev.snug.speech.text.Passage;

/**
 * A voice: a recording of somebody and the words that are heard in it.
 *
 * @param name what the voice is called, {@code [A-Za-z0-9][A-Za-z0-9._-]*}
 * @param file the recording's file, a WAV, by its plain name in the folder that holds the voice
 * @param text what is said in the recording
 */
public record Voice(String name, String file, Passage text, Traits traits) {}
