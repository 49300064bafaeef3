package dev.snug.runtime.worker;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream of bytes in both directions. A buffer at position 0 is at the beginning of a frame,
 * where a call may be given up without harm.
 */
interface Transport {
    /** Reads 1 byte or more into {@code bytes}; −1 when the other end has closed. */
    int read(ByteBuffer bytes) throws IOException;

    /** Writes all of {@code bytes}. */
    void write(ByteBuffer bytes) throws IOException;
}
