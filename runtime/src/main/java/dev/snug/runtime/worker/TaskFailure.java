package dev.snug.runtime.worker;

import dev.snug.runtime.budget.BudgetException;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * How a task's throwable is told to the parent.
 *
 * @param message one paragraph, cut to what a frame takes
 */
record TaskFailure(WorkerException.Kind kind, String message) {
    /** Longer causes than this are a loop. */
    private static final int CAUSES_MAX = 16;

    private static final int MESSAGE_CHARS_MAX = 1000;

    /** What ONNX Runtime's errors say when its allocator, or its arena, gets nothing. */
    private static final List<String> OUT_OF_MEMORY =
            List.of("bad_alloc", "Failed to allocate memory");

    TaskFailure {
        if (message.length() > MESSAGE_CHARS_MAX) {
            message = message.substring(0, MESSAGE_CHARS_MAX) + "…";
        }
    }

    /** The failure behind {@code thrown}: the first of its causes that says more than "failed". */
    static TaskFailure of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            switch (cause) {
                case TaskException told -> {
                    return new TaskFailure(told.kind(), text(told));
                }
                case OutOfMemoryError full -> {
                    return outOfMemory(full);
                }
                case BudgetException refused -> {
                    return new TaskFailure(WorkerException.Kind.OUT_OF_MEMORY, text(refused));
                }
                case CancellationException cancelled -> {
                    return new TaskFailure(WorkerException.Kind.CANCELLED, text(cancelled));
                }
                default -> {
                    if (OUT_OF_MEMORY.stream().anyMatch(text(cause)::contains)) {
                        return outOfMemory(thrown);
                    }
                }
            }
            cause = cause.getCause();
        }
        return new TaskFailure(
                thrown instanceof IllegalArgumentException
                        ? WorkerException.Kind.BAD_REQUEST
                        : WorkerException.Kind.FAILED,
                text(thrown));
    }

    private static TaskFailure outOfMemory(Throwable cause) {
        return new TaskFailure(
                WorkerException.Kind.OUT_OF_MEMORY,
                "out of memory in the worker: "
                        + text(cause)
                        + "; ask for less at once, or give the worker more");
    }

    private static String text(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }
}
