package dev.snug.vision.keras.file;

import java.io.Serial;

/**
 * A Keras file that cannot be imported. The message names the file, entry or layer, what was found
 * there and what to do; whoever has the file can act on it.
 */
public final class KerasException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public KerasException(String message) {
        super(message);
    }

    public KerasException(String message, Throwable cause) {
        super(message, cause);
    }
}
