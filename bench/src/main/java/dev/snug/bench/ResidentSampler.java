package dev.snug.bench;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A thread that reads {@code /proc/PID/status} of another process every few milliseconds. The peak
 * is the kernel's own VmHWM, which only grows: the last reading misses what the process took in its
 * last milliseconds and nothing else. The split into anonymous and file pages is that of the
 * largest resident set seen.
 */
final class ResidentSampler {
    private static final long PERIOD_MILLIS = 5;

    private final Path pidFile;
    private final Thread thread;
    private volatile boolean stopped;
    private long peakBytes;
    private long largestBytes;
    private long anonBytes;
    private long fileBytes;

    private ResidentSampler(Path pidFile) {
        this.pidFile = pidFile;
        this.thread = Thread.ofPlatform().daemon().name("resident-sampler").unstarted(this::sample);
    }

    /** Samples the process whose id is, or soon will be, in {@code pidFile}. */
    static ResidentSampler start(Path pidFile) {
        ResidentSampler sampler = new ResidentSampler(pidFile);
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
        long pid = 0;
        while (!stopped) {
            try {
                pid = pid == 0 ? readPid() : pid;
                Optional<ProcessMemory> memory = pid == 0 ? Optional.empty() : probe.process(pid);
                memory.ifPresent(this::note);
                Thread.sleep(PERIOD_MILLIS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("cannot sample process " + pid, e);
            }
        }
    }

    private void note(ProcessMemory memory) {
        peakBytes = Math.max(peakBytes, memory.peakRssBytes());
        if (memory.rssBytes() > largestBytes) {
            largestBytes = memory.rssBytes();
            anonBytes = memory.rssAnonBytes();
            fileBytes = memory.rssFileBytes();
        }
    }

    private long readPid() throws IOException {
        String text = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "";
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
