package dev.snug.speech.text;

import java.io.Serial;

/**
 * A text, a reference or a vocabulary that cannot be spoken with as asked. The message says what,
 * where, the limit and what to do; whoever wrote the text can fix it.
 */
public final class TextException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public TextException(String message) {
        super(message);
    }

    public TextException(String message, Throwable cause) {
        super(message, cause);
    }
}
