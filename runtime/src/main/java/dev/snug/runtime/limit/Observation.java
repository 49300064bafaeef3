package dev.snug.runtime.limit;

import dev.snug.runtime.measure.CgroupLevel;
import dev.snug.runtime.measure.Pressure;
import dev.snug.runtime.measure.Probe;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How tight memory is around a process, between two of its jobs.
 *
 * @param nanos when, on a clock that never goes back
 * @param roomBytes the most that the process and its workers could hold now, 0 or more; empty where
 *     the system does not tell
 * @param pressures of the machine and of the process's group, those that are told
 * @param highHits how often the process's groups were slowed down at {@code memory.high} so far
 */
public record Observation(
        long nanos, OptionalLong roomBytes, List<Pressure> pressures, OptionalLong highHits) {

    public Observation {
        pressures = List.copyOf(pressures);
    }

    /**
     * What is to be seen on the machine that this runs on, now.
     *
     * @param workersBytes what the workers of this process hold
     */
    public static Observation ofThisMachine(long workersBytes) {
        Probe probe = Probe.ofThisMachine();
        return of(
                System.nanoTime(),
                MemoryFacts.ofThisMachine(),
                Stream.of(probe.pressure(), probe.cgroupPressure())
                        .flatMap(pressure -> pressure.stream())
                        .toList(),
                workersBytes);
    }

    /** What {@code facts} and {@code pressures} tell. */
    static Observation of(
            long nanos, MemoryFacts facts, List<Pressure> pressures, long workersBytes) {
        return new Observation(
                nanos, Room.now(facts, workersBytes), pressures, highHits(facts.groups()));
    }

    private static OptionalLong highHits(List<CgroupLevel> groups) {
        return groups.stream()
                .flatMapToLong(group -> group.highHits().stream())
                .reduce(Math::addExact);
    }

    /** Share of the last 10 seconds in which a task waited for memory, 0 to 100. */
    double somePercent() {
        return hardest(pressure -> pressure.some().avg10Percent());
    }

    /** Share of the last 10 seconds in which all tasks did, 0 to 100. */
    double fullPercent() {
        return hardest(pressure -> pressure.full().avg10Percent());
    }

    /** As {@link #somePercent}, of the last 60 seconds. */
    double somePercentOfMinute() {
        return hardest(pressure -> pressure.some().avg60Percent());
    }

    /** As {@link #fullPercent}, of the last 60 seconds. */
    double fullPercentOfMinute() {
        return hardest(pressure -> pressure.full().avg60Percent());
    }

    /** 0 where nothing is told. */
    private double hardest(ToDoubleFunction<Pressure> figure) {
        return pressures.stream().mapToDouble(figure).max().orElse(0);
    }
}
