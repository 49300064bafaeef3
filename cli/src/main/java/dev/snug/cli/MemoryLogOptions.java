package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;

/** The option that keeps a log of memory. */
final class MemoryLogOptions {
    @Option(
            names = "--memory-log",
            paramLabel = "FILE",
            description = {
                "Write memory over time as CSV: anonymous, file, peak, control group, pressure,"
                        + " processor time, stage."
            })
    private @Nullable Path file;

    /**
     * Begins the watch over a command, to be closed when its work has ended.
     *
     * @param limitBytes that it keeps to
     * @param line beside which current, peak and limit are shown; null where they are not
     */
    Running begin(
            Surroundings surroundings,
            String command,
            String model,
            long limitBytes,
            @Nullable ProgressLine line) {
        if (file != null && Files.isDirectory(file)) {
            throw new UsageException("--memory-log " + file + " is a folder; name a file in it");
        }
        return Running.begin(surroundings, command, model, limitBytes, file, line);
    }
}
