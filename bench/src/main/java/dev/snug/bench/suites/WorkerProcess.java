package dev.snug.bench.suites;

import dev.snug.bench.MemoryGroup;
import dev.snug.runtime.bundle.FolderTree;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link SuiteWorker} under a hard limit of the kernel, started anew where one has ended. What a
 * process that is killed leaves in its folder goes with it.
 */
final class WorkerProcess implements Closeable {
    /** The whole process, the class files that it maps included. */
    static final int LIMIT_MIB = 256;

    private static final List<String> FLAGS =
            List.of(
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Djava.awt.headless=true",
                    "--enable-native-access=ALL-UNNAMED");

    private final Suite suite;
    private final Path folder;
    private @Nullable Running running;
    private int ended;
    private long peakBytes;

    /** One process and the ends of its pipes. */
    private record Running(
            Process process, MemoryGroup group, BufferedWriter in, BufferedReader out) {}

    WorkerProcess(Suite suite, Path folder) {
        this.suite = suite;
        this.folder = folder;
    }

    /** What reading {@code file} did. */
    Finding read(Path file) throws IOException {
        Running worker = running == null ? start() : running;
        String line = null;
        try {
            worker.in.write(file + "\n");
            worker.in.flush();
            line = worker.out.readLine();
        } catch (IOException e) {
            // A pipe without a reader: it ended, as does one that says nothing.
        }
        Finding found =
                line == null
                        ? new Finding(new Verdict(Verdict.Kind.CRASHED, end()), 0, 0)
                        : Finding.parse(line);
        if (running != null && found.verdict().kind() == Verdict.Kind.LATE) {
            end();
        }
        return found;
    }

    private Running start() throws IOException {
        Path scratch = folder.resolve("scratch");
        FolderTree.delete(scratch);
        Files.createDirectories(scratch);
        MemoryGroup group = MemoryGroup.limited((long) LIMIT_MIB << 20);
        List<String> command = new ArrayList<>();
        command.addAll(List.of("bash", "-c", "echo $$ >\"$0\"; exec \"$@\""));
        command.add(group.processes().toString());
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SuiteWorker.class.getName(), suite.name(), scratch.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
                        .start();
        Running started =
                new Running(
                        process,
                        group,
                        process.outputWriter(StandardCharsets.UTF_8),
                        process.inputReader(StandardCharsets.UTF_8));
        running = started;
        return started;
    }

    /** Waits for the end and says how it was. */
    private String end() throws IOException {
        Running worker = running;
        running = null;
        if (worker == null) {
            return "nothing runs";
        }
        ended++;
        worker.process.destroyForcibly();
        int code = worker.process.onExit().join().exitValue();
        long killed = worker.group.oomKills();
        peakBytes = Math.max(peakBytes, worker.group.peakBytes());
        worker.group.close();
        return "the process ended with %d%s"
                .formatted(code, killed > 0 ? ", killed for memory" : "");
    }

    /** The most that a process was charged, of those that have ended. */
    long peakBytes() {
        return peakBytes;
    }

    /** Processes that ended before their work did. */
    int ended() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        int before = ended;
        end();
        ended = before;
    }
}
