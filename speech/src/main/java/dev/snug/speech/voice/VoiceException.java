package dev.snug.speech.voice;

import java.io.Serial;

/** A voice that was asked for and is not there; the message lists what there is. */
public final class VoiceException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public VoiceException(String message) {
        super(message);
    }
}
