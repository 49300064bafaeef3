package dev.snug.runtime.plan;

/**
 * How much of a memory limit the Java heap may take: its maximum is fixed before Java starts, so
 * the launcher {@code snug} computes the same in shell. Java fills a heap up to its maximum with
 * garbage before it collects the old objects, so all of it counts as taken.
 */
public final class HeapShare {
    private static final long MIB = 1 << 20;

    /** The least that speaks and classifies: 8 MiB of the program's own and some seconds. */
    public static final long LEAST_BYTES = 24 * MIB;

    /** The launcher's default: the largest picture that is decoded fits in it. */
    public static final long MOST_BYTES = 224 * MIB;

    /** What of a limit is not shared with the heap: Java, ONNX Runtime, their files. */
    private static final long APART_BYTES = 80 * MIB;

    /** Java rounds the maximum of its heap up to this: {@code -Xmx67m} is 68 MiB. */
    private static final long STEP_BYTES = 2 * MIB;

    private HeapShare() {}

    /**
     * The heap's maximum under a limit: half of what is over 80 MiB, 24 to 224 MiB, a multiple of 2
     * MiB.
     */
    public static long of(long limitBytes) {
        long half = (limitBytes - APART_BYTES) / 2 / STEP_BYTES * STEP_BYTES;
        return Math.clamp(half, LEAST_BYTES, MOST_BYTES);
    }

    /**
     * The smallest limit, in whole MiB, whose heap has at least {@code heapBytes}.
     *
     * @param heapBytes at most {@link #MOST_BYTES}: no limit gives more
     */
    public static long limitBytes(long heapBytes) {
        if (heapBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "no limit gives a heap of %d bytes; %d is the most"
                            .formatted(heapBytes, MOST_BYTES));
        }
        return APART_BYTES
                + 2 * Math.max(LEAST_BYTES, Math.ceilDiv(heapBytes, STEP_BYTES) * STEP_BYTES);
    }

    /**
     * The smallest limit, in whole MiB, that has room for {@code stayBytes} beside its heap and
     * whose heap has room for {@code heapBytes}; so has every larger one. Where even the largest
     * heap is too small, the heap that is needed counts.
     */
    static long smallestLimitBytes(long stayBytes, long heapBytes) {
        long limit = Math.ceilDiv(stayBytes + LEAST_BYTES, MIB) * MIB;
        long needed = Math.min(heapBytes, MOST_BYTES);
        while (of(limit) < needed || !fits(stayBytes, limit) || !fits(stayBytes, nextStep(limit))) {
            limit += MIB;
        }
        return limit + Math.max(0, heapBytes - MOST_BYTES);
    }

    private static boolean fits(long stayBytes, long limitBytes) {
        return stayBytes + of(limitBytes) <= limitBytes;
    }

    /** The first limit from here on whose heap is larger than that of all below it. */
    private static long nextStep(long limitBytes) {
        return limitBytes + Math.floorMod(APART_BYTES - limitBytes, 2 * STEP_BYTES);
    }
}
