package dev.snug.cli;

import dev.snug.runtime.measure.MemoryCsv;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.runtime.worker.JavaCommand;
import dev.snug.runtime.worker.JvmFlags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts commands of this program, each in a process of its own, on the launcher's flags, and reads
 * the memory log that each wrote.
 *
 * @param java the JDK, classes and cache of this process
 * @param heapMax the limit of the heap as Java takes it, such as {@code 224m}
 * @param variables the environment that the commands see
 * @param properties more options for Java
 * @param folder for logs and output, emptied by its owner
 */
record FreshProcess(
        JavaCommand java,
        String heapMax,
        Map<String, String> variables,
        List<String> properties,
        Path folder) {
    /** What the launcher gives a heap where SNUG_HEAP_MAX does not say otherwise. */
    static final String HEAP_MAX = "224m";

    /** Most characters of a failed command's output that are shown. */
    private static final int WORDS_MAX = 400;

    /** How often it is looked whether a command has ended. */
    private static final long LOOK_MILLIS = 100;

    FreshProcess {
        variables = Map.copyOf(variables);
        properties = List.copyOf(properties);
    }

    /** As this command itself was started. */
    static FreshProcess like(Surroundings surroundings, Path folder) {
        String heap = surroundings.variable("SNUG_HEAP_MAX");
        List<String> properties = new ArrayList<>();
        properties.add("-Dsnug.interactive=0");
        surroundings.shipped().ifPresent(shipped -> properties.add("-Dsnug.shipped=" + shipped));
        String more = surroundings.variable("SNUG_JAVA_OPTIONS");
        if (more != null) {
            properties.addAll(List.of(more.strip().split("\\s+")));
        }
        return new FreshProcess(
                JavaCommand.ofThisProcess(),
                heap == null ? HEAP_MAX : heap,
                surroundings.variables(),
                properties,
                folder);
    }

    /** The same with one more option for Java. */
    FreshProcess with(String property) {
        List<String> more = new ArrayList<>(properties);
        more.add(property);
        return new FreshProcess(java, heapMax, variables, more, folder);
    }

    /**
     * Runs one command to its end.
     *
     * @param arguments its name first; the memory log is added
     * @return its samples in the order of time, one at least
     * @throws MeasureFailedException when it fails; says how
     */
    List<MemorySample> run(List<String> arguments) throws IOException {
        return run(arguments, () -> {});
    }

    /** The same; {@code meanwhile} is run again and again until the command has ended. */
    List<MemorySample> run(List<String> arguments, Runnable meanwhile) throws IOException {
        Path log = folder.resolve("memory.csv");
        Path words = folder.resolve("words.txt");
        Files.deleteIfExists(log);
        List<String> all = new ArrayList<>(arguments);
        all.add("--memory-log");
        all.add(log.toString());
        ProcessBuilder builder =
                new ProcessBuilder(commandLine(all))
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(JvmFlags.ENVIRONMENT);
        int exitCode = waited(builder.start(), meanwhile);
        List<MemorySample> samples =
                Files.exists(log) ? MemoryCsv.parse(Files.readString(log)) : List.of();
        if (exitCode != ExitCode.OK || samples.isEmpty()) {
            String said = lastWords(words);
            throw new MeasureFailedException(
                    "`snug %s` ended with exit code %d: %s"
                            .formatted(String.join(" ", arguments), exitCode, said),
                    said);
        }
        return samples;
    }

    /** The launcher's line for {@code arguments}. */
    List<String> commandLine(List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(java.java().toString());
        java.nativePath().ifPresent(path -> line.add("-Donnxruntime.native.path=" + path));
        line.add("-Xmx" + heapMax);
        line.addAll(JvmFlags.SMALL);
        line.addAll(properties);
        java.aotCache().map(cache -> cacheFor(cache, arguments.getFirst())).ifPresent(line::add);
        line.addAll(List.of("-cp", java.classPath(), Main.class.getName()));
        line.addAll(arguments);
        return line;
    }

    /** As the launcher does: speaking has a cache of its own beside the other one. */
    private static String cacheFor(Path cache, String command) {
        Path own = cache.resolveSibling(command + ".aot");
        return "-XX:AOTCache=" + (Files.exists(own) ? own : cache);
    }

    private static int waited(Process process, Runnable meanwhile) {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                meanwhile.run();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasureFailedException("interrupted while measuring");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastWords(Path words) throws IOException {
        byte[] all = Files.readAllBytes(words);
        String text = new String(all, StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - WORDS_MAX)).replaceAll("\\s+", " ");
    }
}
