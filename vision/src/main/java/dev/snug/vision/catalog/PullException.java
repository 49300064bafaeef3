package dev.snug.vision.catalog;

import java.io.Serial;

/** A known model that could not be fetched; the message says what to do instead. */
public final class PullException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public PullException(String message) {
        super(message);
    }

    public PullException(String message, Throwable cause) {
        super(message, cause);
    }
}
