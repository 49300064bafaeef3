package dev.snug.speech.text.book;

/** A book that cannot be read; the message says what is wrong with which file, and what to do. */
public final class BookException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BookException(String message) {
        super(message);
    }

    public BookException(String message, Throwable cause) {
        super(message, cause);
    }
}
