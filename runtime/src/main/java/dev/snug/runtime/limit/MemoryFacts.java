package dev.snug.runtime.limit;

import com.sun.management.OperatingSystemMXBean;

import dev.snug.runtime.measure.CgroupLevel;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What is known of the memory around this process at one moment.
 *
 * @param physicalBytes memory of the machine, > 0
 * @param availableBytes what the machine can give without swapping; empty on macOS
 * @param process what this process holds already; empty on macOS
 * @param groups the control groups it is in, the innermost first; empty where there are none
 */
public record MemoryFacts(
        long physicalBytes,
        OptionalLong availableBytes,
        Optional<ProcessMemory> process,
        List<CgroupLevel> groups) {

    public MemoryFacts {
        groups = List.copyOf(groups);
        if (physicalBytes <= 0) {
            throw new IllegalArgumentException(
                    "a machine has more than " + physicalBytes + " bytes of memory");
        }
    }

    /** The facts of the machine that this runs on. */
    public static MemoryFacts ofThisMachine() {
        return read(Probe.ofThisMachine(), MemoryFacts::physicalByJava);
    }

    /**
     * What {@code probe} tells; {@code physicalBytes} is asked only where it does not tell the
     * machine's memory.
     */
    static MemoryFacts read(Probe probe, LongSupplier physicalBytes) {
        Machine machine = probe.machine();
        return new MemoryFacts(
                machine.physicalBytes().orElseGet(physicalBytes),
                machine.availableBytes(),
                probe.process(),
                probe.cgroupLevels());
    }

    /** What Java says; only asked on macOS, because its management classes cost a small process. */
    private static long physicalByJava() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /** Bytes of this process that no file backs: they stay whatever the machine does. */
    long ownStayingBytes() {
        return process.map(own -> own.rssAnonBytes() + own.rssShmemBytes()).orElse(0L);
    }

    /** Bytes of files that are in memory for this process; others may share them. */
    long ownFileBytes() {
        return process.map(ProcessMemory::rssFileBytes).orElse(0L);
    }
}
