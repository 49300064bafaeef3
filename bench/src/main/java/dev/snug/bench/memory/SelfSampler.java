package dev.snug.bench.memory;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

/**
 * A thread that reads its own process's {@code /proc/self/status} every few milliseconds. A peak of
 * anonymous or file pages that is shorter than that is missed; the resident peak is the kernel's
 * VmHWM, which misses nothing.
 */
final class SelfSampler {
    private static final long PERIOD_MILLIS = 2;

    private final Probe probe = Probe.ofThisMachine();
    private final Thread thread;
    private volatile boolean stopped;
    private Peaks peaks = new Peaks(0, 0, 0);

    /**
     * The most so far, in bytes.
     *
     * @param residentBytes VmHWM
     */
    record Peaks(long anonBytes, long fileBytes, long residentBytes) {
        Peaks with(ProcessMemory memory) {
            return new Peaks(
                    Math.max(anonBytes, memory.rssAnonBytes()),
                    Math.max(fileBytes, memory.rssFileBytes() + memory.rssShmemBytes()),
                    Math.max(residentBytes, memory.peakRssBytes()));
        }
    }

    private SelfSampler() {
        this.thread = Thread.ofPlatform().daemon().name("self-sampler").unstarted(this::sample);
    }

    static SelfSampler start() {
        SelfSampler sampler = new SelfSampler();
        sampler.thread.start();
        return sampler;
    }

    /** The peaks until now, this moment included. */
    Peaks peaks() {
        ProcessMemory now =
                probe.process()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "/proc/self/status does not tell RssAnon: memory is"
                                                        + " measured on Linux"));
        synchronized (this) {
            peaks = peaks.with(now);
            return peaks;
        }
    }

    /** Ends the thread and tells the peaks of all. */
    Peaks stop() throws InterruptedException {
        stopped = true;
        thread.join();
        return peaks();
    }

    private void sample() {
        try {
            while (!stopped) {
                peaks();
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
