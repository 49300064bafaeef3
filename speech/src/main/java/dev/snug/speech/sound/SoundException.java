package dev.snug.speech.sound;

import java.io.Serial;

/**
 * A recording that cannot be read: of a format that is not read here, cut short, damaged or over a
 * limit. The message names the file, what was found, and what to do.
 */
public final class SoundException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public SoundException(String message) {
        super(message);
    }

    /** What a decoder found. */
    SoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
