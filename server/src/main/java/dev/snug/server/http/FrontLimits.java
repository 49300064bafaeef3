package dev.snug.server.http;

import java.time.Duration;

/**
 * What clients may take of a front's time and memory.
 *
 * @param head most time from a request's first byte to the end of its head
 * @param body most time from then on until the body is there
 * @param write most time that one piece of 4 KiB of an answer takes to be accepted by its client
 * @param deadline most time of a call, its body's time excluded
 * @param look time between two looks at what runs and whose client left
 * @param connections most that are open at once; one takes about 24 KiB of heap, and its head at
 *     most 64 KiB while it is read. One for the whole process: the first front's counts
 * @param calls most that are handled at once, routes for {@link Access#ANYBODY} excepted
 */
public record FrontLimits(
        Duration head,
        Duration body,
        Duration write,
        Duration deadline,
        Duration look,
        int connections,
        int calls) {
    /** For small servers: slow mobile networks pass, a client that does nothing is cut. */
    public static final FrontLimits DEFAULT =
            new FrontLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(300),
                    Duration.ofMillis(500),
                    128,
                    64);

    /**
     * Bytes of a long body for which its sender gets a second more: 256 kbit/s, less than a mobile
     * network has on a bad day.
     */
    public static final int STEADY_BYTES = 32 << 10;

    public FrontLimits {
        if (head.isNegative()
                || body.isNegative()
                || write.isNegative()
                || deadline.isNegative()
                || look.toMillis() < 1
                || connections < 1
                || calls < 1) {
            throw new IllegalArgumentException("a limit below its range");
        }
    }

    /** The same with another deadline. */
    public FrontLimits withDeadline(Duration time) {
        return new FrontLimits(head, body, write, time, look, connections, calls);
    }
}
