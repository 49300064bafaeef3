package dev.snug.speech.voice;

import dev.snug.speech.bundle.Voice;

import java.nio.file.Path;

/**
 * A voice that can be spoken with.
 *
 * @param recording where its recording lies, a WAV file
 * @param isOwn whether the user added it; else it came with the model
 */
public record ListedVoice(Voice voice, Path recording, boolean isOwn) {
    public String name() {
        return voice.name();
    }
}
