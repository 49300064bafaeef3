package dev.snug.server.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A redis-server of the system's own on a free port of this machine, with its files in a folder.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;

    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    private RedisServer(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        this.options = options;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = launch();
    }

    /** One that keeps nothing. */
    public static RedisServer inMemory(Path folder, String... options) throws Exception {
        return started(folder, List.of("--appendonly", "no"), options);
    }

    /** One whose every write is on the disk before it is answered. */
    public static RedisServer onDisk(Path folder, String... options) throws Exception {
        return started(folder, List.of("--appendonly", "yes", "--appendfsync", "always"), options);
    }

    private static RedisServer started(Path folder, List<String> keeping, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(keeping);
        all.addAll(List.of(options));
        RedisServer server = new RedisServer(folder, all);
        server.await();
        return server;
    }

    private Process launch() throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                binary().toString(),
                                "--bind",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(port),
                                "--dir",
                                folder.toString(),
                                "--save",
                                ""));
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static Path binary() {
        for (String place : System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)) {
            Path file = Path.of(place, "redis-server");
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(
                "these tests need redis-server, and found none. Debian/Ubuntu: apt-get install"
                        + " redis-server");
    }

    private void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(Redis.bytes("PING\r\n"));
                String answer = Redis.text(socket.getInputStream().readNBytes(4));
                // With a password it says that it wants one.
                if (answer.equals("+PON") || answer.equals("-NOA")) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException(
                "redis-server does not start: " + Files.readString(folder.resolve("log")));
    }

    /** Its address, with this database's number. */
    public URI address(int database) {
        return URI.create("redis://127.0.0.1:" + port + "/" + database);
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** A client of its own. */
    public Redis client() {
        return new Redis(address(0), null, Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    /** A client that waits no longer than half a second. */
    public Redis hasty() {
        return new Redis(address(0), null, Duration.ofMillis(300), Duration.ofMillis(500));
    }

    /** All keys of database 0. */
    public Set<String> keys() {
        try (Redis redis = client()) {
            Set<String> keys = new TreeSet<>();
            Redis.list(redis.call("KEYS", Redis.bytes("*")))
                    .forEach(key -> keys.add(Redis.text(key)));
            return keys;
        }
    }

    /** Forgets everything. */
    public void flush() {
        try (Redis redis = client()) {
            redis.call("FLUSHALL");
        }
    }

    /** Ends it as a machine does that fails. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on what it had kept. */
    public void restart() throws IOException, InterruptedException {
        process = launch();
        await();
    }

    /** Has it hang: it takes connections, and answers nothing. */
    public void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
