package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.measure.CgroupMemory;
import dev.snug.runtime.measure.MemoryCsv;
import dev.snug.runtime.measure.MemoryLog;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.runtime.measure.MemoryWatch;
import dev.snug.runtime.measure.Probe;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A command at work: other processes see it ({@link RunFile}), its memory is logged and shown where
 * that was asked for. Without log and terminal no thread watches.
 */
final class Running implements AutoCloseable {
    private final @Nullable RunFile runFile;
    private final @Nullable Path logFile;
    private final @Nullable MemoryLog log;
    private final @Nullable ProgressLine line;
    private final @Nullable MemoryWatch watch;
    private final OptionalLong limitBytes;

    private Running(
            @Nullable RunFile runFile,
            @Nullable Path logFile,
            @Nullable ProgressLine line,
            OptionalLong limitBytes) {
        this.runFile = runFile;
        this.limitBytes = limitBytes;
        this.logFile = logFile;
        this.log = logFile == null ? null : new MemoryLog();
        this.line = line != null && line.redraws() ? line : null;
        MemoryLog kept = log;
        LongSupplier interval = kept == null ? () -> MemoryWatch.LIVE_MILLIS : kept::intervalMillis;
        this.watch =
                kept == null && this.line == null
                        ? null
                        : MemoryWatch.ofThisProcess(interval, this::seen);
    }

    /**
     * Begins the watch.
     *
     * @param logFile where the log is written at the end; null for none
     * @param line beside which current, peak and limit are shown; null where they are not
     * @param limitBytes the memory limit that the command keeps, as others are to see it; empty
     *     where it keeps none
     */
    static Running begin(
            Surroundings surroundings,
            String command,
            String model,
            @Nullable Path logFile,
            @Nullable ProgressLine line,
            OptionalLong limitBytes) {
        RunFile runFile =
                RunFolder.of(surroundings)
                        .map(folder -> folder.register(command, model, limitBytes))
                        .orElse(null);
        return new Running(runFile, logFile, line, limitBytes);
    }

    /**
     * What a command has to keep that decided on no limit: that of the control groups around it.
     */
    static OptionalLong cgroupLimit() {
        return Probe.ofThisMachine()
                .cgroup()
                .map(CgroupMemory::limitBytes)
                .orElse(OptionalLong.empty());
    }

    /** Names what is done from now on, such as {@code velocity 3/7}; never what is spoken. */
    void stage(String name) {
        if (runFile != null) {
            runFile.stage(name);
        }
        if (watch != null) {
            watch.stage(name);
        }
    }

    private void seen(MemorySample sample) {
        if (log != null) {
            log.accept(sample);
        }
        if (line != null) {
            line.memory(words(sample, limitBytes));
        }
    }

    /** Current, peak and limit in MiB; without a limit two of them. */
    static String words(MemorySample sample, OptionalLong limitBytes) {
        return String.format(
                Locale.ROOT,
                "%.0f / %.0f%s MiB",
                Mebibytes.of(sample.residentBytes()),
                Mebibytes.of(sample.peakBytes()),
                limitBytes.isPresent()
                        ? String.format(
                                Locale.ROOT, " / %.0f", Mebibytes.of(limitBytes.getAsLong()))
                        : "");
    }

    /** Ends the watch and writes the log, whole: also of a work that failed, up to there. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (runFile != null) {
            runFile.close();
        }
        if (logFile != null && log != null) {
            byte[] text = MemoryCsv.text(log.samples()).getBytes(StandardCharsets.UTF_8);
            WholeFile.write(logFile, out -> out.write(text));
        }
    }
}
