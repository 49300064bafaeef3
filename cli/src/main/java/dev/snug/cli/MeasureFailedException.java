package dev.snug.cli;

import java.io.Serial;

/** A process that was to be measured ended before its work was done. */
final class MeasureFailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String said;

    MeasureFailedException(String message) {
        this(message, message);
    }

    /** The same with what the process itself {@code said} last. */
    MeasureFailedException(String message, String said) {
        super(message);
        this.said = said;
    }

    /** Its last words. */
    String said() {
        return said;
    }
}
