package dev.snug.speech.text.foreign;

import java.io.Serial;

/**
 * A lexicon that cannot be used. The message says which file, which line, and what was expected;
 * whoever wrote the file can fix it.
 */
public final class LexiconException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    LexiconException(String message) {
        super(message);
    }

    LexiconException(String where, int line, String message) {
        super("%s, line %d: %s".formatted(where, line, message));
    }
}
