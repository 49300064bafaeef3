package dev.snug.speech;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The processor time of the thread: unlike the time of day it does not grow while other programs
 * have the processor.
 */
public final class CpuTime {
    private CpuTime() {}

    /** What {@code work} takes. */
    public static Duration of(Runnable work) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began);
    }
}
