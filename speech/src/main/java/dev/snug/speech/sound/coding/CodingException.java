package dev.snug.speech.sound.coding;

import java.io.IOException;
import java.io.Serial;

/** Sound that cannot be decoded. The message goes on where a file's name stands: "is cut short". */
public final class CodingException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    public CodingException(String message) {
        super(message);
    }

    /** What a library found. */
    CodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
