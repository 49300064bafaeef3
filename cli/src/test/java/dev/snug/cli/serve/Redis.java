package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's redis-server on a free port of this machine, which forgets nothing that it confirmed: it
 * may be killed and started again on the same files. Closed, it is gone.
 */
final class Redis implements AutoCloseable {
    private static final int START_SECONDS = 20;

    private final Path folder;
    private final int port;
    private Process process;

    private Redis(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts one whose files lie in {@code folder}. */
    static Redis start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Redis redis = new Redis(folder, port, started(folder, port));
        redis.awaitAnswer();
        return redis;
    }

    private static Process started(Path folder, int port) throws IOException {
        List<String> line = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1"));
        line.addAll(List.of("--port", Integer.toString(port), "--dir", folder.toString()));
        line.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--save", ""));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("redis.log").toFile()))
                .start();
    }

    /** What a server is told of it. */
    String url() {
        return "redis://127.0.0.1:" + port;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it as a power cut would, as far as a process can be cut. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Starts it again, without waiting until it answers. */
    void begin() throws IOException {
        process = started(folder, port);
    }

    /** Waits until it has read its files and answers. */
    void awaitAnswer() throws InterruptedException {
        Serving.await("Redis answers", START_SECONDS, this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
