package dev.snug.bench.peers;

import dev.snug.bench.MemoryGroup;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A thread that adds up the memory of all processes of a group every few milliseconds. The peak is
 * the largest sum, or the kernel's VmHWM of one process where that is more: of a single process
 * nothing is missed between two samples. Pages that two processes share count twice.
 */
final class TreeSampler {
    private static final long PERIOD_MILLIS = 5;

    private final MemoryGroup group;
    private final Thread thread;
    private volatile boolean stopped;
    private long peakBytes;
    private long largestBytes;
    private long anonBytes;
    private long fileBytes;

    private TreeSampler(MemoryGroup group) {
        this.group = group;
        this.thread = Thread.ofPlatform().daemon().name("tree-sampler").unstarted(this::sample);
    }

    static TreeSampler start(MemoryGroup group) {
        TreeSampler sampler = new TreeSampler(group);
        sampler.thread.start();
        return sampler;
    }

    /** Ends the thread; the values below are read after it. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    long peakBytes() {
        return peakBytes;
    }

    long anonBytes() {
        return anonBytes;
    }

    long fileBytes() {
        return fileBytes;
    }

    private void sample() {
        Probe probe = Probe.ofThisMachine();
        while (!stopped) {
            try {
                note(probe);
                Thread.sleep(PERIOD_MILLIS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("cannot sample the group", e);
            }
        }
    }

    private void note(Probe probe) throws IOException {
        long rss = 0;
        long anon = 0;
        long file = 0;
        for (String pid : Files.readAllLines(group.processes())) {
            ProcessMemory memory = probe.process(Long.parseLong(pid)).orElse(null);
            if (memory != null) {
                rss += memory.rssBytes();
                anon += memory.rssAnonBytes();
                file += memory.rssFileBytes();
                peakBytes = Math.max(peakBytes, memory.peakRssBytes());
            }
        }
        peakBytes = Math.max(peakBytes, rss);
        if (rss > largestBytes) {
            largestBytes = rss;
            anonBytes = anon;
            fileBytes = file;
        }
    }
}
