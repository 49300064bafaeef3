package dev.snug.cli;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** Lists the commands that run now. */
@Command(
        name = "ps",
        description = {
            "List the Snug commands of yours that run on this machine, with the memory they hold.",
            "Texts and pictures are not told."
        },
        footer = {"", "Examples:", "  snug ps", "  snug ps --json | jq '.[].peak_rss_bytes'"})
final class PsCommand implements Callable<Integer> {
    private static final double MICROS = 1e6;

    @ParentCommand private Main main;

    @Option(names = "--json", description = "A JSON list, one object for each command.")
    private boolean json;

    /** A command with what the kernel says of its process. */
    private record Row(RunFile.Entry entry, ProcessMemory memory, OptionalLong cpuMicros) {}

    @Override
    public Integer call() throws IOException {
        Probe probe = Probe.ofThisMachine();
        Optional<RunFolder> folder = RunFolder.of(main.surroundings());
        List<RunFile.Entry> living = folder.isEmpty() ? List.of() : folder.get().living();
        List<Row> rows = living.stream().flatMap(entry -> row(probe, entry).stream()).toList();
        PrintStream out = main.surroundings().out();
        if (json) {
            JsonLines.value(out, generator -> write(generator, rows));
        } else if (rows.isEmpty()) {
            main.surroundings().err().println("snug: nothing runs");
        } else {
            main.surroundings().show(page -> print(page, rows));
        }
        return ExitCode.OK;
    }

    /** Empty when the process ended just now. */
    private static Optional<Row> row(Probe probe, RunFile.Entry entry) {
        return probe.process(entry.pid())
                .map(memory -> new Row(entry, memory, probe.cpuMicros(entry.pid())));
    }

    private static void print(PrintStream out, List<Row> rows) {
        out.println("    PID  COMMAND   MODEL             MiB NOW   PEAK  LIMIT  CPU s  STAGE");
        for (Row row : rows) {
            RunFile.Entry entry = row.entry();
            out.printf(
                    Locale.ROOT,
                    "%7d  %-8s  %-16s  %7.0f  %5.0f  %5s  %5.1f  %s%n",
                    entry.pid(),
                    entry.command(),
                    entry.model(),
                    Mebibytes.of(row.memory().rssBytes()),
                    Mebibytes.of(row.memory().peakRssBytes()),
                    entry.limitBytes().isPresent()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.0f",
                                    Mebibytes.of(entry.limitBytes().getAsLong()))
                            : "none",
                    row.cpuMicros().orElse(0) / MICROS,
                    entry.stage());
        }
    }

    private static void write(JsonGenerator out, List<Row> rows) {
        out.writeStartArray();
        for (Row row : rows) {
            RunFile.Entry entry = row.entry();
            out.writeStartObject();
            out.writeNumberProperty("pid", entry.pid());
            out.writeStringProperty("command", entry.command());
            out.writeStringProperty("model", entry.model());
            out.writeNumberProperty("rss_bytes", row.memory().rssBytes());
            out.writeNumberProperty("peak_rss_bytes", row.memory().peakRssBytes());
            out.writeName("limit_bytes");
            if (entry.limitBytes().isPresent()) {
                out.writeNumber(entry.limitBytes().getAsLong());
            } else {
                out.writeNull();
            }
            out.writeNumberProperty("cpu_seconds", row.cpuMicros().orElse(0) / MICROS);
            out.writeStringProperty("stage", entry.stage());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
