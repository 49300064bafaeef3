package dev.snug.runtime.device;

import java.io.Serial;

/**
 * A provider that was asked for by name and cannot compute, or a library that cannot be used; the
 * message says why and the one step that would change it.
 */
public final class ProviderException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public ProviderException(String message) {
        super(message);
    }

    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
