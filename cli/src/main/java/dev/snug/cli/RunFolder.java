package dev.snug.cli;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.measure.Probe;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The folder in which the running commands of one user say that they run: a file each, named after
 * its process, {@code $XDG_RUNTIME_DIR/snug}, or where there is no such folder {@code
 * SNUG_HOME/run}. Without either nothing is said: a home is not made for that.
 *
 * <p>What a killed process left is known by process id and start time together, and deleted by who
 * reads next.
 */
record RunFolder(Path path) {
    private static final String ENDING = ".json";

    /** Most files looked at; a machine of this size runs a few commands. */
    private static final int FILES_MAX = 1000;

    /** Largest file that is read. */
    private static final int BYTES_MAX = 4096;

    /** The folder of this user, where one can be. */
    static Optional<RunFolder> of(Surroundings surroundings) {
        String runtime = surroundings.variable("XDG_RUNTIME_DIR");
        if (runtime != null && Files.isWritable(Path.of(runtime))) {
            return Optional.of(new RunFolder(Path.of(runtime, "snug")));
        }
        Path home = surroundings.snugHome();
        return Files.isWritable(home)
                ? Optional.of(new RunFolder(home.resolve("run")))
                : Optional.empty();
    }

    /** Says that this process runs; when the disk refuses, the work goes on unseen. */
    @Nullable RunFile register(String command, String model, long limitBytes) {
        long pid = ProcessHandle.current().pid();
        return RunFile.begin(
                path.resolve(pid + ENDING),
                new RunFile.Entry(
                        pid, startTicks(pid), command, model, OptionalLong.of(limitBytes), ""));
    }

    /** The commands that run now, by process id. */
    List<RunFile.Entry> living() throws IOException {
        List<RunFile.Entry> living = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            return living;
        }
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + ENDING)) {
            for (Path file : files) {
                if (++seen > FILES_MAX) {
                    throw new IOException(
                            path + " holds more than the " + FILES_MAX + " files allowed");
                }
                Optional<RunFile.Entry> entry = read(file);
                if (entry.isPresent() && isAlive(entry.get())) {
                    living.add(entry.get());
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        living.sort((a, b) -> Long.compare(a.pid(), b.pid()));
        return living;
    }

    /** The entry in {@code file}; empty when it is none of this program's, or just went away. */
    private static Optional<RunFile.Entry> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > BYTES_MAX) {
                return Optional.empty();
            }
            Fields fields = new Fields(Json.parseObject(Files.readAllBytes(file), "run"), "run");
            return Optional.of(RunFile.Entry.of(fields));
        } catch (IOException | JsonException e) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(RunFile.Entry entry) {
        boolean isThere = ProcessHandle.of(entry.pid()).filter(ProcessHandle::isAlive).isPresent();
        return isThere && startTicks(entry.pid()) == entry.startTicks();
    }

    /** 0 where the system does not tell; there the process id alone counts. */
    private static long startTicks(long pid) {
        return Probe.ofThisMachine().startTicks(pid).orElse(0);
    }
}
