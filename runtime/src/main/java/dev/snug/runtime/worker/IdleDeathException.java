package dev.snug.runtime.worker;

import java.io.Serial;

/** A worker had ended before it heard of a request; another one can do it. */
final class IdleDeathException extends WorkerException {
    @Serial private static final long serialVersionUID = 1L;

    IdleDeathException(WorkerException death) {
        super(death.kind(), String.valueOf(death.getMessage()), death);
    }
}
