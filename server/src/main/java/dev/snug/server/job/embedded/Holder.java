package dev.snug.server.job.embedded;

import dev.snug.server.job.JobException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether this store is the one that hands items out; it becomes it when there is no other. */
final class Holder implements AutoCloseable {
    /** Beside the folder of jobs. */
    private static final String LOCK = "jobs.lock";

    private final Path data;
    private final JobFolders folders;
    private final Aftermath aftermath;
    private @Nullable HeldFile held;
    private boolean isClosed;

    Holder(Path data, JobFolders folders, Aftermath aftermath) {
        this.data = data;
        this.folders = folders;
        this.aftermath = aftermath;
    }

    /**
     * What {@code work} finds while this store is the one; empty where it is not. What the one
     * before it left is put in order first.
     */
    synchronized <T> Optional<T> whileHeld(Supplier<Optional<T>> work) {
        return isHeld() ? work.get() : Optional.empty();
    }

    private boolean isHeld() {
        if (isClosed) {
            throw new JobException(JobException.Kind.UNAVAILABLE, "this server is ending");
        }
        if (held != null || !folders.exist()) {
            return held != null;
        }
        try {
            HeldFile free = HeldFile.tryHold(data, LOCK);
            if (free != null) {
                begin(free);
            }
            return held != null;
        } catch (IOException e) {
            throw JobTransactions.failure(e);
        }
    }

    private void begin(HeldFile free) throws IOException {
        try {
            aftermath.clearUp();
            held = free;
        } finally {
            if (held == null) {
                free.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        try {
            if (held != null) {
                held.close();
                held = null;
            }
        } catch (IOException e) {
            throw JobTransactions.failure(e);
        }
    }
}
