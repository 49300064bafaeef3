package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

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

    /** As below, for a command that decided on no limit: that of the control groups is shown. */
    Running begin(
            Surroundings surroundings, String command, String model, @Nullable ProgressLine line) {
        return begin(surroundings, command, model, line, Running.cgroupLimit());
    }

    /**
     * Begins the watch over a command, to be closed when its work has ended.
     *
     * @param line beside which current, peak and limit are shown; null where they are not
     * @param limitBytes the limit that the command decided to keep
     */
    Running begin(
            Surroundings surroundings,
            String command,
            String model,
            @Nullable ProgressLine line,
            OptionalLong limitBytes) {
        if (file != null && Files.isDirectory(file)) {
            throw new UsageException("--memory-log " + file + " is a folder; name a file in it");
        }
        return Running.begin(surroundings, command, model, file, line, limitBytes);
    }
}
