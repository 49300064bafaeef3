package dev.snug.runtime.worker;

import java.nio.ByteBuffer;

/**
 * Takes the bytes of an answer as they come, in order, 64 KiB at most each time. While it works the
 * worker is held back, and its deadline stands still.
 *
 * <p>What it throws cancels the request and reaches the caller.
 */
@FunctionalInterface
public interface PartSink {
    /** Takes the next bytes; the buffer is used again after the call. */
    void accept(ByteBuffer part);
}
