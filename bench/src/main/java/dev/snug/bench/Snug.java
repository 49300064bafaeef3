package dev.snug.bench;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code snug} command of a checkout, started as a user starts it, each time in a fresh
 * process.
 *
 * <p>CPU seconds: bash's {@code time} keyword reports what wait3(2) returned for the process and
 * every child it waited for. Nothing else does from Java: {@code ProcessHandle.info()} is empty
 * once a process has ended, and reading it before loses the end. Starting through bash also keeps
 * this JVM's own size out of the child's peak, which Linux carries over from parent to child until
 * exec.
 *
 * @param root the checkout
 * @param home SNUG_HOME
 * @param jdk the JDK that the command runs on
 * @param scratch folder for the command's output
 */
public record Snug(Path root, Path home, Path jdk, Path scratch) {
    /** Arguments: pid file, output, errors, the group's process file or nothing, the command. */
    private static final String SCRIPT =
            """
            TIMEFORMAT='%R %U %S'
            time bash -c '
                echo $$ >"$1"
                [ -z "$4" ] || echo $$ >"$4" || exit
                exec "${@:5}" >"$2" 2>"$3"
            ' bash "$@"
            """;

    /** Far above the slowest run on any machine that is worth measuring. */
    private static final long TIMEOUT_SECONDS = 300;

    /** The command of the checkout {@code root} on this JDK, its models below {@code scratch}. */
    public static Snug of(String root, String scratch) throws IOException {
        Path work = Files.createDirectories(Path.of(scratch).toAbsolutePath());
        return new Snug(
                Path.of(root).toAbsolutePath(),
                work.resolve("home"),
                Path.of(System.getProperty("java.home")),
                work);
    }

    /** Results under the conditions of now. */
    Results results() throws IOException, InterruptedException {
        return new Results(Conditions.of(root.toString(), scratch.toString()));
    }

    /** The same command with another folder of models. */
    Snug withHome(Path newHome) {
        return new Snug(root, newHome, jdk, scratch);
    }

    /** The same command on another JDK. */
    Snug withJdk(Path newJdk) {
        return new Snug(root, home, newJdk, scratch);
    }

    /** Runs the command to its end. */
    public Run run(List<String> arguments) {
        return run(arguments, null, TIMEOUT_SECONDS);
    }

    /** Runs the command inside a memory group; killed after {@code timeoutSeconds}. */
    public Run run(List<String> arguments, @Nullable MemoryGroup group, long timeoutSeconds) {
        try {
            return start(arguments, group, timeoutSeconds);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run snug " + arguments + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while snug ran", e);
        }
    }

    private Run start(List<String> arguments, @Nullable MemoryGroup group, long timeoutSeconds)
            throws IOException, InterruptedException {
        Path pid = scratch.resolve("pid");
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        Path times = scratch.resolve("times");
        Files.deleteIfExists(pid);
        List<String> line = new ArrayList<>(List.of("bash", "-c", SCRIPT, "bash"));
        line.addAll(List.of(pid.toString(), output.toString(), errors.toString()));
        line.add(group == null ? "" : group.processes().toString());
        line.add(root.resolve("snug").toString());
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(scratch.toFile()).redirectError(times.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "LC_ALL", "C.UTF-8",
                                "SNUG_HOME", home.toString(),
                                "SNUG_JAVA_HOME", jdk.toString()));
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        ResidentSampler sampler = ResidentSampler.start(pid);
        boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
        }
        sampler.stop();
        double[] seconds = seconds(Files.readString(times));
        return new Run(
                        ended ? process.exitValue() : Run.TIMED_OUT,
                        seconds[0],
                        seconds[1] + seconds[2],
                        sampler.peakBytes(),
                        sampler.anonBytes(),
                        sampler.fileBytes(),
                        Files.exists(output) ? Files.readString(output) : "",
                        Files.exists(errors) ? Files.readString(errors) : "")
                .withPrintedPeak();
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
