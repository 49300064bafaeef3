package dev.snug.runtime.session;

import java.io.Serial;

/** A model that ONNX Runtime could not load or run; the message names the model and the cause. */
public final class SessionException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public SessionException(String message) {
        super(message);
    }

    public SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
