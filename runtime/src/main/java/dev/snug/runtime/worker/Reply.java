package dev.snug.runtime.worker;

import java.io.IOException;

/** The answer to a request as a stream of bytes, seen from the {@link WorkerTask}. */
public interface Reply {
    /**
     * Sends the next bytes. Waits while the receiver is not ready for more. Boundaries between
     * parts are not kept: the receiver sees a stream.
     *
     * @throws java.util.concurrent.CancellationException when nobody wants the answer any more; the
     *     task lets it through
     * @throws IOException when the receiver is gone; the process ends then
     */
    void send(byte[] bytes, int offset, int length) throws IOException;

    /** Sends all of {@code bytes}. */
    default void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    /**
     * Whether nobody wants the answer any more; a task that computes long between two parts asks.
     */
    boolean cancelled();
}
