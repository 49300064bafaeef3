package dev.snug.bench.peers;

import dev.snug.bench.MemoryGroup;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command in a fresh process inside a memory group and measures it to its end. CPU seconds
 * are those of bash's {@code time}: what wait4(2) says of the process and all its children.
 *
 * @param folder for output and errors
 */
record Launch(Path folder) {
    /** Arguments: output, errors, the group's file of processes, the command. */
    private static final String SCRIPT =
            """
            TIMEFORMAT='%R %U %S'
            time bash -c '
                echo $$ >"$3" || exit
                exec "${@:4}" >"$1" 2>"$2"
            ' bash "$@"
            """;

    /** A run and what it wrote on standard output and standard error. */
    record Ended(Took took, String printed, String errors) {}

    Ended run(
            List<String> command,
            Map<String, String> environment,
            MemoryGroup group,
            double timeoutSeconds)
            throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Path errors = folder.resolve("errors");
        Path times = folder.resolve("times");
        List<String> line = new ArrayList<>(List.of("bash", "-c", SCRIPT, "bash"));
        line.addAll(List.of(printed.toString(), errors.toString(), group.processes().toString()));
        line.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectError(times.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        TreeSampler sampler = TreeSampler.start(group);
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        boolean ended = process.waitFor((long) (1000 * timeoutSeconds), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        sampler.stop();
        double[] seconds = seconds(Files.readString(times));
        String text = Files.exists(printed) ? Files.readString(printed) : "";
        Took took =
                new Took(
                        ended ? process.exitValue() : Took.TIMED_OUT,
                        seconds[0],
                        seconds[1] + seconds[2],
                        sampler.peakBytes(),
                        sampler.anonBytes(),
                        sampler.fileBytes(),
                        group.peakBytes(),
                        told(text, "cpu_seconds_start"),
                        told(text, "cpu_seconds_load"));
        return new Ended(took, text, Files.exists(errors) ? Files.readString(errors) : "");
    }

    /** A figure of the JSON line that the program printed, or 0. */
    private static double told(String printed, String key) {
        return printed.lines()
                .filter(line -> line.startsWith("{") && line.contains('"' + key + '"'))
                .mapToDouble(line -> parsed(line).number(key))
                .findFirst()
                .orElse(0);
    }

    /** The first JSON object that the program printed. */
    static Fields parsed(String printed) {
        String line =
                printed.lines()
                        .filter(each -> each.startsWith("{"))
                        .findFirst()
                        .orElseThrow(() -> new JsonException("it printed no JSON: " + printed));
        String where = "the program's output";
        return new Fields(Json.parseObject(line.getBytes(StandardCharsets.UTF_8), where), where);
    }

    /** Wall, user and system seconds from the last line: bash may write "Killed" before it. */
    private static double[] seconds(String times) {
        String[] words = times.strip().lines().reduce("", (_, last) -> last).split(" ", -1);
        if (words.length != 3) {
            throw new IllegalStateException("bash printed no times but: " + times);
        }
        double[] seconds = new double[3];
        for (int i = 0; i < 3; i++) {
            seconds[i] = Double.parseDouble(words[i]);
        }
        return seconds;
    }
}
