package dev.snug.cli;

import java.io.Serial;

/** A process that was to be measured ended before its work was done. */
final class MeasureFailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    MeasureFailedException(String message) {
        super(message);
    }
}
