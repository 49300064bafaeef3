package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Where a server keeps its accounts: {@code --data}, SNUG_DATA, SNUG_HOME/server. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The server's data folder. Default: SNUG_DATA, else server in SNUG_HOME.")
    private @Nullable Path data;

    Path folder(Surroundings surroundings) {
        if (data != null) {
            return data;
        }
        String variable = surroundings.variable("SNUG_DATA");
        return variable == null ? surroundings.snugHome().resolve("server") : Path.of(variable);
    }
}
