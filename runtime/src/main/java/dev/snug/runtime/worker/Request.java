package dev.snug.runtime.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One piece of work for a worker.
 *
 * @param name what is to be done, 1 to {@link #NAME_BYTES_MAX} bytes in UTF-8
 * @param bodyBytes length of {@code body}, 0 to {@link #BODY_BYTES_MAX}
 * @param body read once, while the worker is held: let it be at hand, not on a slow line
 * @param deadline how long the worker may take, the time that the receiver of the answer takes not
 *     counted; then it is killed. It counts anew with each {@linkplain Reply#stepEnded step}
 */
public record Request(String name, long bodyBytes, InputStream body, Duration deadline) {
    /** A command and a few words. */
    public static final int NAME_BYTES_MAX = 1024;

    /** Above any picture or text that is let in elsewhere; the worker's heap is to hold it. */
    public static final long BODY_BYTES_MAX = 64L << 20;

    public Request {
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes == 0 || nameBytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a request's name must be 1 to %d bytes, not %d"
                            .formatted(NAME_BYTES_MAX, nameBytes));
        }
        if (bodyBytes < 0 || bodyBytes > BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the body of request '%s' must be 0 to %d bytes, not %d"
                            .formatted(name, BODY_BYTES_MAX, bodyBytes));
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a request's deadline must be positive");
        }
    }

    /** A request whose body is {@code bytes}. */
    public static Request of(String name, byte[] bytes, Duration deadline) {
        return new Request(name, bytes.length, new ByteArrayInputStream(bytes), deadline);
    }
}
