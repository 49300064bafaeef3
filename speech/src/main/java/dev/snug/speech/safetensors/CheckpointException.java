package dev.snug.speech.safetensors;

import java.io.Serial;

/** A checkpoint that cannot be used; the message names the file and what was found in it. */
public final class CheckpointException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
