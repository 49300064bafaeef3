package dev.snug.runtime.worker;

import java.io.Serial;

/** A request that a worker did not answer; the kind says who can change that. */
public sealed class WorkerException extends RuntimeException permits IdleDeathException {
    @Serial private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Kind {
        /** The request needs more memory than the worker has. */
        OUT_OF_MEMORY,
        /** The request is wrong: another one would be answered. */
        BAD_REQUEST,
        /** The task failed in another way; the worker lives. */
        FAILED,
        /** The request was cancelled by its sender. */
        CANCELLED,
        /** The process ended, or sent what is no answer. */
        CRASHED,
        /**
         * The kernel ended the process because its control group was full. A smaller request can do
         * it, or a larger limit, or fewer neighbours.
         */
        KILLED_FOR_MEMORY,
        /** The deadline passed; the process was killed. */
        STUCK,
        /** No worker could be started for it. */
        NOT_STARTED,
        /** As many requests wait as may. */
        BUSY,
        /** The pool or the worker was closed. */
        CLOSED
    }

    private final Kind kind;

    public WorkerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public WorkerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why there is no answer. */
    public Kind kind() {
        return kind;
    }
}
