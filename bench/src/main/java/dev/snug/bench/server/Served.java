package dev.snug.bench.server;

import dev.snug.bench.MemoryGroup;
import dev.snug.bench.Snug;
import dev.snug.runtime.bundle.FolderTree;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code snug serve} in a fresh process, with a data folder of its own. */
final class Served implements AutoCloseable {
    /** Arguments: the group's process file or nothing, the command. */
    private static final String SCRIPT =
            """
            [ -z "$1" ] || echo $$ >"$1" || exit
            exec "${@:2}"
            """;

    private static final long POLL_MILLIS = 10;
    private static final long START_SECONDS = 60;

    /** The server gives its calls 8 seconds. */
    private static final long END_SECONDS = 15;

    private final Process process;
    private final Path log;
    private final InetSocketAddress address;
    private final long startedNanos;

    private Served(Process process, Path log, InetSocketAddress address, long startedNanos) {
        this.process = process;
        this.log = log;
        this.address = address;
        this.startedNanos = startedNanos;
    }

    /** Starts one inside {@code group}, and waits until it takes connections. */
    static Served start(Snug snug, @Nullable MemoryGroup group, String... flags)
            throws IOException, InterruptedException {
        Path data = snug.scratch().resolve("server-data");
        FolderTree.delete(data);
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        List<String> line = new ArrayList<>(List.of("bash", "-c", SCRIPT, "bash"));
        line.add(group == null ? "" : group.processes().toString());
        line.addAll(List.of(snug.root().resolve("snug").toString(), "serve"));
        line.addAll(List.of("--port", Integer.toString(address.getPort())));
        line.addAll(List.of("--data", data.toString(), "--cache-entries", "0"));
        line.addAll(List.of(flags));
        Path log = snug.scratch().resolve("server-log");
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(snug.scratch().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "LC_ALL", "C.UTF-8",
                                "SNUG_HOME", snug.home().toString(),
                                "SNUG_JAVA_HOME", snug.jdk().toString()));
        long startedNanos = System.nanoTime();
        Served served = new Served(builder.start(), log, address, startedNanos);
        try {
            served.awaitListening();
        } catch (IOException | InterruptedException | RuntimeException e) {
            served.close();
            throw e;
        }
        return served;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException, InterruptedException {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(address);
                return;
            } catch (IOException e) {
                boolean isLate =
                        System.nanoTime() - startedNanos > TimeUnit.SECONDS.toNanos(START_SECONDS);
                if (!process.isAlive() || isLate) {
                    throw new IOException("no server: " + Files.readString(log), e);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + address.getPort());
    }

    /** When its process was started, {@link System#nanoTime}. */
    long startedNanos() {
        return startedNanos;
    }

    Footprint front() throws IOException {
        return Footprint.of(List.of(process.pid()));
    }

    /** Front and workers. */
    Footprint all() throws IOException {
        List<Long> pids = new ArrayList<>(List.of(process.pid()));
        process.descendants().forEach(worker -> pids.add(worker.pid()));
        return Footprint.of(pids);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
