package dev.snug.runtime.measure;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A daemon thread that looks at the memory of one process again and again, until it is closed or
 * the process has ended, and hands each {@link MemorySample} to a listener.
 *
 * <p>It keeps nothing but the last look at the control group, so it runs for as long as it likes.
 * One look costs less than 0.5 ms of processor time (docs/decisions/0020-measuring.md).
 */
public final class MemoryWatch implements AutoCloseable {
    /** Time between two looks that a person follows. */
    public static final long LIVE_MILLIS = 100;

    /** Least time between two looks; below it the looking itself would be seen. */
    public static final long INTERVAL_MILLIS_MIN = 5;

    /**
     * Control group and pressure change slowly and, with many groups, cost the kernel more than the
     * process's own figures do.
     */
    private static final long AROUND_MILLIS = 250;

    /** How long closing waits for the last look. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final KernelFiles files;
    private final StatusFile status;
    private final LongSupplier intervalMillis;
    private final Consumer<MemorySample> listener;
    private final long startNanos = System.nanoTime();
    private final Thread thread;
    private volatile String stage = "";
    private volatile boolean closed;
    private final Places places;
    private MemorySample.@Nullable Around around;
    private long aroundNanos;

    private MemoryWatch(
            Path root, String process, LongSupplier intervalMillis, Consumer<MemorySample> to) {
        this.files = new KernelFiles(root);
        this.status = new StatusFile(files, process);
        this.places = Places.of(files);
        this.intervalMillis = intervalMillis;
        this.listener = to;
        this.thread = new Thread(this::run, "memory-watch");
        thread.setDaemon(true);
    }

    /**
     * Where the control group and the pressure are told: looking for that takes longer than the
     * rest of a look, and a process changes its group almost never.
     */
    private record Places(Optional<CgroupMount> memory, String pressureFile) {
        static Places of(KernelFiles files) {
            String ofGroup =
                    CgroupMount.unified(files)
                            .map(mount -> mount.folder() + "/memory.pressure")
                            .filter(file -> files.text(file).isPresent())
                            .orElse("/proc/pressure/memory");
            return new Places(CgroupMount.memory(files), ofGroup);
        }

        MemorySample.Around read(KernelFiles files) {
            return new MemorySample.Around(
                    memory.flatMap(mount -> CgroupMemory.read(files, mount)),
                    Pressure.read(files, pressureFile));
        }
    }

    /**
     * Watches this process.
     *
     * @param intervalMillis asked before each pause, at least {@link #INTERVAL_MILLIS_MIN}
     * @param listener called by the watch's own thread; must return at once and throw nothing
     */
    public static MemoryWatch ofThisProcess(
            LongSupplier intervalMillis, Consumer<MemorySample> listener) {
        return start(Path.of("/"), "self", intervalMillis, listener);
    }

    /** Watches the process with the id {@code pid}, in the control group of this one. */
    public static MemoryWatch ofProcess(
            long pid, LongSupplier intervalMillis, Consumer<MemorySample> listener) {
        return start(Path.of("/"), Long.toString(pid), intervalMillis, listener);
    }

    static MemoryWatch start(
            Path root,
            String process,
            LongSupplier intervalMillis,
            Consumer<MemorySample> listener) {
        MemoryWatch watch = new MemoryWatch(root, process, intervalMillis, listener);
        watch.thread.start();
        return watch;
    }

    /** Names what the process does from now on, in few words; it is looked at right away. */
    public void stage(String name) {
        stage = name;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed && look()) {
            long millis = Math.max(INTERVAL_MILLIS_MIN, intervalMillis.getAsLong());
            LockSupport.parkNanos(millis * 1_000_000);
        }
        // The end of a work is a moment of its own.
        if (closed) {
            look();
        }
    }

    /** Whether the process is there to be looked at. */
    private boolean look() {
        String now = stage;
        long nanos = System.nanoTime();
        boolean isThere = status.read();
        if (isThere) {
            listener.accept(
                    new MemorySample(
                            (nanos - startNanos) / 1000,
                            status.anonymousBytes(),
                            status.fileBytes(),
                            status.sharedBytes(),
                            status.peakBytes(),
                            status.cpuMicros(),
                            around(nanos),
                            now));
        }
        return isThere;
    }

    private MemorySample.Around around(long nanos) {
        MemorySample.Around known = around;
        if (known == null || nanos - aroundNanos >= AROUND_MILLIS * 1_000_000) {
            known = places.read(files);
            around = known;
            aroundNanos = nanos;
        }
        return known;
    }

    /** Looks once more and ends. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
