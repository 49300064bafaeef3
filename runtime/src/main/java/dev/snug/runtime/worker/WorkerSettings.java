package dev.snug.runtime.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a worker is started.
 *
 * @param command what it is started from
 * @param task name of the {@link WorkerTask} class
 * @param heapBytes most of its Java heap, {@link #HEAP_BYTES_MIN} or more
 * @param dataBytes most of its private writable memory, heap included, mapped weights not: what
 *     {@code RLIMIT_DATA} counts (setrlimit(2), Linux 4.7); at least {@link #BESIDE_HEAP_BYTES}
 *     above the heap. An allocation past it fails; nothing is killed
 * @param options more options for Java; the last of equal ones wins
 * @param startPatience from the start of the process until it must be ready
 */
public record WorkerSettings(
        JavaCommand command,
        String task,
        long heapBytes,
        OptionalLong dataBytes,
        List<String> options,
        Duration startPatience) {

    /** The young generation alone takes 4 MiB. */
    public static final long HEAP_BYTES_MIN = 16L << 20;

    /**
     * What a JVM with these flags needs beside its heap before any task: measured on JDK 25,
     * x86-64: 21 MiB of data in use, a start fails 16 MiB above the heap and succeeds 32 above it.
     */
    public static final long BESIDE_HEAP_BYTES = 40L << 20;

    /** A start takes 0.1 to 0.5 s; a host that swaps or throttles is allowed much more. */
    public static final Duration START_PATIENCE_DEFAULT = Duration.ofSeconds(30);

    public WorkerSettings {
        options = List.copyOf(options);
        if (heapBytes < HEAP_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "a worker's heap must be at least %d bytes, not %d"
                            .formatted(HEAP_BYTES_MIN, heapBytes));
        }
        long least = heapBytes + BESIDE_HEAP_BYTES;
        if (dataBytes.isPresent() && dataBytes.getAsLong() < least) {
            throw new IllegalArgumentException(
                    "a worker with a heap of %d bytes cannot start with less than %d bytes of data,"
                                    .formatted(heapBytes, least)
                            + " and %d were asked; lower the heap or raise the data limit"
                                    .formatted(dataBytes.getAsLong()));
        }
        if (startPatience.isNegative() || startPatience.isZero()) {
            throw new IllegalArgumentException("startPatience must be positive");
        }
    }

    /** A worker from the running process's own JDK, classes and cache, with no data limit. */
    public static WorkerSettings of(Class<? extends WorkerTask> task, long heapBytes) {
        return new WorkerSettings(
                JavaCommand.ofThisProcess(),
                task.getName(),
                heapBytes,
                OptionalLong.empty(),
                List.of(),
                START_PATIENCE_DEFAULT);
    }

    /** The same with {@code RLIMIT_DATA} at {@code bytes}. */
    public WorkerSettings withDataBytes(long bytes) {
        return new WorkerSettings(
                command, task, heapBytes, OptionalLong.of(bytes), options, startPatience);
    }

    /** The same with these options for Java after the others. */
    public WorkerSettings withOptions(List<String> newOptions) {
        return new WorkerSettings(command, task, heapBytes, dataBytes, newOptions, startPatience);
    }

    /** The same, started from elsewhere. */
    public WorkerSettings withCommand(JavaCommand newCommand) {
        return new WorkerSettings(newCommand, task, heapBytes, dataBytes, options, startPatience);
    }

    /** The same with another time to get ready. */
    public WorkerSettings withStartPatience(Duration patience) {
        return new WorkerSettings(command, task, heapBytes, dataBytes, options, patience);
    }

    /** What of these settings this machine cannot do, a sentence each, for reports to people. */
    public List<String> notes() {
        if (dataBytes.isEmpty() || command.prlimit().isPresent()) {
            return List.of();
        }
        return List.of(
                ("there is no prlimit at %s: a worker's native memory is not limited to %d bytes;"
                                + " install util-linux")
                        .formatted(
                                String.join(
                                        " or ",
                                        JavaCommand.PRLIMIT_PLACES.stream()
                                                .map(Path::toString)
                                                .toList()),
                                dataBytes.getAsLong()));
    }

    /** The command line of a worker that connects to {@code socket}. */
    List<String> commandLine(Path socket) {
        List<String> line = new ArrayList<>();
        Optional<Path> prlimit = command.prlimit();
        if (dataBytes.isPresent() && prlimit.isPresent()) {
            // prlimit(1) replaces itself by the program: the process id stays that of the worker.
            line.add(prlimit.get().toString());
            line.add("--data=" + dataBytes.getAsLong());
        }
        line.add(command.java().toString());
        line.addAll(JvmFlags.SMALL);
        line.addAll(JvmFlags.WORKER);
        line.add("-Xmx" + heapBytes);
        command.aotCache().ifPresent(cache -> line.add("-XX:AOTCache=" + cache));
        command.nativePath()
                .ifPresent(path -> line.add("-D" + JavaCommand.NATIVE_PATH + "=" + path));
        line.addAll(options);
        line.addAll(List.of("-cp", command.classPath()));
        line.addAll(List.of(WorkerMain.class.getName(), socket.toString(), task));
        return List.copyOf(line);
    }
}
