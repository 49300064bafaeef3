package dev.snug.cli;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

/** The most memory that this process ever held, as the kernel counted it. */
final class PeakMemory {
    private PeakMemory() {}

    /** VmHWM in bytes; 0 where the system does not tell. */
    static long rssBytes() {
        return Probe.ofThisMachine().process().map(ProcessMemory::peakRssBytes).orElse(0L);
    }
}
