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
     * Says that a step of a long request is over: returns when the receiver has taken all that was
     * sent, and the request's deadline counts anew from here. So who gives a request up between two
     * steps loses nothing of them.
     *
     * @throws java.util.concurrent.CancellationException as {@link #send}
     * @throws IOException as {@link #send}
     */
    void stepEnded() throws IOException;

    /**
     * Whether nobody wants the answer any more; a task that computes long between two parts asks.
     */
    boolean cancelled();
}
