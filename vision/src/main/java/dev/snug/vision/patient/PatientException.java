package dev.snug.vision.patient;

import java.io.Serial;

/** A patient value that the model cannot take; the message lists what it can. */
public final class PatientException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public PatientException(String message) {
        super(message);
    }
}
