package dev.snug.runtime.plan;

import java.util.Comparator;
import java.util.List;

/**
 * What a job takes with certain settings.
 *
 * @param demands one a stage, in the order in which they run; one after the other, never two at
 *     once
 * @param heapBytes of Java objects that live at the same time, the program's own included
 * @param seconds of CPU, an estimate
 */
public record Cost(List<Demand> demands, long heapBytes, double seconds) {
    public Cost {
        demands = List.copyOf(demands);
        if (demands.isEmpty() || heapBytes < 0 || !(seconds >= 0)) {
            throw new IllegalArgumentException(
                    "a job of %d stages, %d bytes of heap and %s seconds"
                            .formatted(demands.size(), heapBytes, seconds));
        }
    }

    /** The stage that decides how small the limit may be. */
    public Demand largest() {
        return demands.stream().max(Comparator.comparingLong(Demand::staysBytes)).orElseThrow();
    }

    /** All that is resident at the worst moment where nothing presses. */
    public long peakBytes() {
        long beside =
                demands.stream()
                        .mapToLong(demand -> demand.predicted().residentBytes())
                        .max()
                        .orElseThrow();
        return beside + heapBytes;
    }

    /** The smallest limit under which the job completes, with the heap that goes with it. */
    public long smallestLimitBytes() {
        return HeapShare.smallestLimitBytes(largest().staysBytes(), heapBytes);
    }
}
