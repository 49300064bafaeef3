package dev.snug.speech.book;

/** A half-spoken book that cannot be gone on with; the message says why and what to do. */
public final class BookWorkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BookWorkException(String message) {
        super(message);
    }
}
