package dev.snug.runtime.limit;

import java.io.Serial;

/**
 * No limit can be kept: more was asked for than the kernel will give, or nothing is left to give.
 * The user can ask for less, or make room.
 */
public final class LimitException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    LimitException(String message) {
        super(message);
    }
}
