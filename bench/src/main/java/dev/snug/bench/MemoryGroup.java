package dev.snug.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A memory control group of Linux, version 1 or 2, with a hard limit in bytes: what goes past it is
 * reclaimed, else killed. It covers page cache that its processes read first. Needs root. Made for
 * one measurement and removed by {@link #close}.
 */
public final class MemoryGroup implements AutoCloseable {
    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path V2 = Path.of("/sys/fs/cgroup");

    /** A killed process leaves its group some milliseconds after it is reaped. */
    private static final int REMOVE_ATTEMPTS = 50;

    private static final long REMOVE_PAUSE_MILLIS = 100;

    private final Path folder;
    private final boolean isVersion1;

    private MemoryGroup(Path folder, boolean isVersion1) {
        this.folder = folder;
        this.isVersion1 = isVersion1;
    }

    /** Why no group can be made here; empty where one can. */
    public static Optional<String> unavailable() {
        boolean isV1 = Files.exists(V1.resolve("memory.limit_in_bytes"));
        try {
            if (!isV1 && !controllers().contains("memory")) {
                return Optional.of("no memory controller (cgroup v1 or v2) is mounted");
            }
            limited(1L << 40).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("no memory group can be made (it takes root): " + e);
        }
    }

    /** A new group below the root group. */
    public static MemoryGroup limited(long limitBytes) throws IOException {
        boolean isV1 = Files.exists(V1.resolve("memory.limit_in_bytes"));
        if (!isV1) {
            Files.writeString(V2.resolve("cgroup.subtree_control"), "+memory");
        }
        Path folder = Files.createTempDirectory(isV1 ? V1 : V2, "snug-bench-");
        MemoryGroup group = new MemoryGroup(folder, isV1);
        try {
            group.write(isV1 ? "memory.limit_in_bytes" : "memory.max", limitBytes);
            if (isV1) {
                group.write("memory.swappiness", 0);
            } else if (Files.exists(folder.resolve("memory.swap.max"))) {
                group.write("memory.swap.max", 0);
            }
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    /** The file that takes the id of a process to move in. */
    public Path processes() {
        return folder.resolve("cgroup.procs");
    }

    /** The most that was ever charged, page cache included, in bytes; 0 where it is not told. */
    public long peakBytes() throws IOException {
        Path file = folder.resolve(isVersion1 ? "memory.max_usage_in_bytes" : "memory.peak");
        return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    }

    /** Processes of the group that the kernel killed for memory. */
    public long oomKills() throws IOException {
        return counted(isVersion1 ? "memory.oom_control" : "memory.events", "oom_kill");
    }

    /** Pages that had to be read from a disk: many, again and again, are thrashing. */
    public long majorFaults() throws IOException {
        return counted("memory.stat", isVersion1 ? "total_pgmajfault" : "pgmajfault");
    }

    private long counted(String file, String name) throws IOException {
        for (String line : Files.readAllLines(folder.resolve(file))) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && words[0].equals(name)) {
                return Long.parseLong(words[1]);
            }
        }
        throw new IOException(folder.resolve(file) + " does not tell " + name);
    }

    @Override
    public void close() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.deleteIfExists(folder);
                return;
            } catch (IOException e) {
                if (attempt == REMOVE_ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static String controllers() throws IOException {
        Path file = V2.resolve("cgroup.controllers");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void write(String file, long value) throws IOException {
        Files.writeString(folder.resolve(file), Long.toString(value));
    }

    private static void pause() {
        try {
            Thread.sleep(REMOVE_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
