package dev.snug.runtime.worker;

import java.time.Duration;

/**
 * How many workers there are, and for how long.
 *
 * @param workers most processes at once, 1 to {@link #WORKERS_MAX}; a process that is ending counts
 * @param waitingMax most requests that wait, 1 to {@link #WAITING_MAX}; the next one is refused as
 *     {@code BUSY}
 * @param requestsMax a worker that has answered so many is replaced
 * @param driftBytesMax a worker whose resident bytes are so much more than after its first request
 *     is replaced; where the system does not tell them, none is
 * @param keepAlive a worker that was idle so long ends
 */
public record PoolSettings(
        int workers, int waitingMax, int requestsMax, long driftBytesMax, Duration keepAlive) {
    /** More processes than a small host has cores. */
    public static final int WORKERS_MAX = 64;

    /** Each waiting request holds its body. */
    public static final int WAITING_MAX = 10_000;

    /** Often enough that a slow leak does not add up, seldom enough that starts do not matter. */
    public static final int REQUESTS_DEFAULT = 1000;

    /** More than the allocator keeps between requests of different size, 10 to 20 MiB. */
    public static final long DRIFT_BYTES_DEFAULT = 64L << 20;

    /** A person who tries a page comes back within minutes; memory is given back after that. */
    public static final Duration KEEP_ALIVE_DEFAULT = Duration.ofMinutes(5);

    /** One worker, 32 requests in the queue. */
    public static final PoolSettings ONE =
            new PoolSettings(1, 32, REQUESTS_DEFAULT, DRIFT_BYTES_DEFAULT, KEEP_ALIVE_DEFAULT);

    public PoolSettings {
        within("workers", workers, WORKERS_MAX);
        within("waitingMax", waitingMax, WAITING_MAX);
        within("requestsMax", requestsMax, Integer.MAX_VALUE);
        within("driftBytesMax", driftBytesMax, Long.MAX_VALUE);
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException("keepAlive must not be negative");
        }
    }

    private static void within(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + value);
        }
    }
}
