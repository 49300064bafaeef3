package dev.snug.runtime.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The view of Linux's {@code /proc} and {@code /sys} below a root folder. Each call reads anew.
 *
 * <p>Where the kernel says nothing the answers are empty: on macOS and Windows all but {@link
 * #machine} and {@link #peakBytes}.
 */
public final class Probe {
    private final KernelFiles files;

    /** The view below {@code root}: {@code /}, or a folder with a copy of the files. */
    public Probe(Path root) {
        this.files = new KernelFiles(root);
    }

    /** The view of the machine that this process runs on. */
    public static Probe ofThisMachine() {
        return new Probe(Path.of("/"));
    }

    /** Memory of this process. */
    public Optional<ProcessMemory> process() {
        return ProcessMemory.read(files, "self");
    }

    /**
     * The most that this process ever held in memory, in bytes: VmHWM on Linux, what macOS and
     * Windows call the same elsewhere; empty where nothing tells.
     */
    public OptionalLong peakBytes() {
        Optional<ProcessMemory> process = process();
        return process.isPresent()
                ? OptionalLong.of(process.get().peakRssBytes())
                : PeakUsage.bytes(System.getProperty("os.name", ""));
    }

    /** Memory of the process with the id {@code pid}; empty when it has ended. */
    public Optional<ProcessMemory> process(long pid) {
        return ProcessMemory.read(files, Long.toString(pid));
    }

    /** Proportional set size of this process in bytes; takes milliseconds. */
    public OptionalLong pssBytes() {
        return ProcessMemory.pssBytes(files, "self");
    }

    /** Proportional set size of the process with the id {@code pid} in bytes. */
    public OptionalLong pssBytes(long pid) {
        return ProcessMemory.pssBytes(files, Long.toString(pid));
    }

    /**
     * When the process with the id {@code pid} began, in clock ticks since the machine did: with it
     * a process is told from a later one of the same id. Empty when there is none.
     */
    public OptionalLong startTicks(long pid) {
        return StatusFile.startTicks(files, Long.toString(pid));
    }

    /** Processor time of the process with the id {@code pid} in microseconds, all threads. */
    public OptionalLong cpuMicros(long pid) {
        StatusFile status = new StatusFile(files, Long.toString(pid));
        return status.read() ? OptionalLong.of(status.cpuMicros()) : OptionalLong.empty();
    }

    /** Memory of the control group that this process is in. */
    public Optional<CgroupMemory> cgroup() {
        return CgroupMemory.read(files);
    }

    /** The control groups that this process is in, its own first, then those around it. */
    public List<CgroupLevel> cgroupLevels() {
        return CgroupLevel.read(files);
    }

    /** Memory pressure of the whole machine. */
    public Optional<Pressure> pressure() {
        return Pressure.read(files, "/proc/pressure/memory");
    }

    /** Memory pressure of this process's control group; told by version 2 only. */
    public Optional<Pressure> cgroupPressure() {
        return CgroupMount.unified(files)
                .flatMap(mount -> Pressure.read(files, mount.folder() + "/memory.pressure"));
    }

    /**
     * Graphics and network processors that the kernel lists; none where it lists nothing, as on
     * macOS and Windows.
     */
    public List<Accelerator> accelerators() {
        return new Accelerators(files).all();
    }

    /** The machine as this JVM sees it. */
    public Machine machine() {
        return machine(
                System.getProperty("os.arch", ""), Runtime.getRuntime().availableProcessors());
    }

    /**
     * The machine.
     *
     * @param osArch Java's {@code os.arch}
     * @param cores {@link Runtime#availableProcessors}
     */
    public Machine machine(String osArch, int cores) {
        return Machine.read(files, osArch, cores);
    }
}
