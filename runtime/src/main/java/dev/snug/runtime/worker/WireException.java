package dev.snug.runtime.worker;

import java.io.IOException;
import java.io.Serial;

/** Bytes from the other process that are no frame: cut short, too long, or of another version. */
final class WireException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final boolean ended;

    /** Bytes that came and are wrong. */
    WireException(String message) {
        this(message, false);
    }

    WireException(String message, boolean ended) {
        super(message);
        this.ended = ended;
    }

    /** Whether the other end closed: its process has ended, or is about to. */
    boolean ended() {
        return ended;
    }
}
