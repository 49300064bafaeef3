package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that runs: {@code snug serve} on a free port. Closed, it is gone with its workers. */
final class Serving implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on http://(\\S+):(\\d+), ");
    private static final Pattern FIRST_LINK = Pattern.compile("http://\\S+(/first\\?link=\\S+)");
    private static final int START_SECONDS = 60;

    /** The process that was started, and the front: the same where nothing stands before it. */
    private final Process process;

    private final ProcessHandle front;
    private final Path log;
    private final int port;
    private final Client client;

    private Serving(Process process, ProcessHandle front, Path log, int port) {
        this.process = process;
        this.front = front;
        this.log = log;
        this.port = port;
        this.client = new Client(port);
    }

    static Serving start(Snug snug, List<String> arguments)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(snug.folder(), "serve", ".txt");
        List<String> line = new ArrayList<>(List.of("serve", "--port", "0"));
        line.addAll(arguments);
        Process process = snug.start(snug.folder().resolve("serve.out"), log, line);
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (true) {
                Matcher listening = LISTENING.matcher(Files.readString(log));
                if (listening.find()) {
                    int port = Integer.parseInt(listening.group(2));
                    return new Serving(process, front(process), log, port);
                }
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as("it listens: %s", Files.readString(log))
                        .isTrue();
                Thread.sleep(20);
            }
        } catch (AssertionError | IOException | InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw e;
        }
    }

    /**
     * The first process that is Java, from the one that was started downwards. A child that a front
     * is just starting has the front's command line for an instant.
     */
    private static ProcessHandle front(Process started) {
        return Stream.concat(Stream.of(started.toHandle()), started.descendants())
                .filter(
                        process ->
                                isFront(process)
                                        && !process.parent().map(Serving::isFront).orElse(false))
                .findFirst()
                .orElse(started.toHandle());
    }

    private static boolean isFront(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("dev.snug.cli.Main serve");
    }

    /** Asks it. */
    Client client() {
        return client;
    }

    int port() {
        return port;
    }

    ProcessHandle front() {
        return front;
    }

    /** What it wrote on standard error so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** The path of the link that makes the first account. */
    String firstLink() throws IOException {
        Matcher link = FIRST_LINK.matcher(log());
        assertThat(link.find()).as(log()).isTrue();
        return link.group(1);
    }

    /** Its workers that live. */
    List<ProcessHandle> workers() {
        return front.children().filter(ProcessHandle::isAlive).toList();
    }

    /** The one worker for pictures or for speech: it has the task's name in its command line. */
    ProcessHandle worker(String task) {
        List<ProcessHandle> found =
                workers().stream()
                        .filter(worker -> worker.info().commandLine().orElse("").contains(task))
                        .toList();
        assertThat(found).as("workers with %s", task).hasSize(1);
        return found.getFirst();
    }

    /** Files and folders of a run in the data folder {@code data}, at any depth. */
    static List<Path> left(Path data) throws IOException {
        List<Path> left = new ArrayList<>();
        if (!Files.exists(data)) {
            return left;
        }
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(data, "run-*")) {
            for (Path run : runs) {
                try (var below = Files.walk(run)) {
                    below.forEach(left::add);
                }
            }
        }
        return left;
    }

    /** Sends it a signal, such as TERM. */
    void signal(String name) throws IOException, InterruptedException {
        signal(front, name);
    }

    /** Sends a process a signal. */
    static void signal(ProcessHandle process, String name)
            throws IOException, InterruptedException {
        assertThat(
                        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                                .start()
                                .waitFor())
                .isZero();
    }

    /** Waits for its end and tells its exit code. */
    int ended(int seconds) throws IOException, InterruptedException {
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("it ends: %s", log()).isTrue();
        return process.exitValue();
    }

    /** Waits until {@code fact} holds. */
    static void await(String what, int seconds, BooleanSupplier fact) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = workers();
        front.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        // What stands before the front ends behind it, and says what the kernel counted.
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
