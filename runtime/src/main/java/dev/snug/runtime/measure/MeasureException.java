package dev.snug.runtime.measure;

import java.io.Serial;

/**
 * A file of the kernel that holds something else than its documentation says. The message names the
 * file and what was found; nobody but Snug can fix it.
 */
public final class MeasureException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public MeasureException(String message) {
        super(message);
    }
}
