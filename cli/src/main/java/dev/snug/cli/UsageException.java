package dev.snug.cli;

import java.io.Serial;

/** A command line that contradicts itself; nothing was done. */
final class UsageException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
