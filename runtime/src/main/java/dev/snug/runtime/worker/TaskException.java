package dev.snug.runtime.worker;

import java.io.Serial;

/** A request that a {@link WorkerTask} does not answer, with the kind its sender is to see. */
public final class TaskException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final WorkerException.Kind kind;

    /**
     * Refuses the request.
     *
     * @param kind {@code OUT_OF_MEMORY}, {@code BAD_REQUEST} or {@code FAILED}; the others are not
     *     a task's to say
     */
    public TaskException(WorkerException.Kind kind, String message) {
        super(message);
        this.kind = kind;
        switch (kind) {
            case OUT_OF_MEMORY, BAD_REQUEST, FAILED -> {}
            case CANCELLED, CRASHED, KILLED_FOR_MEMORY, STUCK, NOT_STARTED, BUSY, CLOSED ->
                    throw new IllegalArgumentException("a task cannot end as " + kind);
        }
    }

    /** Why it was refused. */
    public WorkerException.Kind kind() {
        return kind;
    }
}
