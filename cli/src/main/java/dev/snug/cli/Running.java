package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.measure.MemoryCsv;
import dev.snug.runtime.measure.MemoryLog;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.runtime.measure.MemoryWatch;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
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
    private final long limitBytes;

    private Running(
            @Nullable RunFile runFile,
            long limitBytes,
            @Nullable Path logFile,
            @Nullable ProgressLine line) {
        this.limitBytes = limitBytes;
        this.runFile = runFile;
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

    static Running begin(
            Surroundings surroundings,
            String command,
            String model,
            long limitBytes,
            @Nullable Path logFile,
            @Nullable ProgressLine line) {
        RunFile runFile =
                RunFolder.of(surroundings)
                        .map(folder -> folder.register(command, model, limitBytes))
                        .orElse(null);
        return new Running(runFile, limitBytes, logFile, line);
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

    /** Current, peak and limit in MiB. */
    static String words(MemorySample sample, long limitBytes) {
        return String.format(
                Locale.ROOT,
                "%.0f / %.0f / %.0f MiB",
                Mebibytes.of(sample.residentBytes()),
                Mebibytes.of(sample.peakBytes()),
                Mebibytes.of(limitBytes));
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
