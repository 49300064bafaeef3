package dev.snug.runtime.json;

import java.io.Serial;

/** JSON text that is not what its reader wants; the message names the place and the property. */
public final class JsonException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
