package dev.snug.speech.npy;

import java.io.Serial;

/** A .npy file that cannot be read; the message names the file, what was found and what is read. */
public final class NpyException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public NpyException(String message) {
        super(message);
    }
}
