package dev.snug.runtime.worker;

import dev.snug.runtime.measure.CgroupMemory;
import dev.snug.runtime.measure.Probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The operating system's side of a worker: start, kill, and why it ended. */
final class ChildProcess {
    /**
     * A killed process is gone when the kernel has freed its memory: gigabytes take a second, a
     * busy machine more.
     */
    private static final long KILL_SECONDS = 20;

    /** What was printed before the end is in the pipe: reading it takes no time. */
    private static final long OUTPUT_MILLIS = 500;

    private final Probe probe;
    private final Process process;
    private final OutputTail output;
    private final OptionalLong oomKillsBefore;

    private ChildProcess(Probe probe, Process process, OptionalLong oomKillsBefore) {
        this.probe = probe;
        this.process = process;
        this.output = new OutputTail(process.getInputStream());
        this.oomKillsBefore = oomKillsBefore;
    }

    static ChildProcess start(WorkerSettings settings, Path socket, Probe probe)
            throws IOException {
        OptionalLong oomKills = oomKills(probe);
        ProcessBuilder builder =
                new ProcessBuilder(settings.commandLine(socket)).redirectErrorStream(true);
        builder.environment().putAll(JvmFlags.ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().close();
        return new ChildProcess(probe, process, oomKills);
    }

    private static OptionalLong oomKills(Probe probe) {
        return probe.cgroup().map(CgroupMemory::oomKills).orElse(OptionalLong.empty());
    }

    Process process() {
        return process;
    }

    /**
     * Anonymous and shared resident bytes; mapped files come and go as the kernel likes. Empty
     * where the system does not tell.
     */
    OptionalLong residentBytes() {
        return probe.process(process.pid()).stream()
                .mapToLong(memory -> memory.rssAnonBytes() + memory.rssShmemBytes())
                .findFirst();
    }

    /** Waits for the end; whether it came in time. An interrupted thread does not wait. */
    boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL, and waits until it is gone, interrupted or not: its memory is needed. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it ended; only after it has. */
    ExitCause cause() {
        return ExitCause.of(
                process.exitValue(), output.text(OUTPUT_MILLIS), oomKillsBefore, oomKills(probe));
    }

    /** The last it printed. */
    String lastWords() {
        return OutputTail.lastWords(output.text(1));
    }
}
