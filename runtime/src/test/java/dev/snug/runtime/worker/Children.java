package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Real workers and signals for the tests of this package. */
final class Children {
    static final Duration LONG = Duration.ofSeconds(60);
    static final long HEAP_BYTES = 32L << 20;

    private Children() {}

    static WorkerSettings settings() {
        return WorkerSettings.of(Chores.class, HEAP_BYTES);
    }

    static Request request(String name) {
        return Request.of(name, new byte[0], LONG);
    }

    static Request echo(String text) {
        return Request.of("echo", text.getBytes(UTF_8), LONG);
    }

    /** The whole answer as text. */
    static String answer(Hand worker, Request request) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        worker.run(request, part -> text.append(UTF_8.decode(part)));
        return text.toString();
    }

    static String answer(Workers workers, Request request) throws InterruptedException {
        return new String(workers.answer(request, 1 << 20), UTF_8);
    }

    /** A sink that sends {@code signal} to the process as soon as its answer begins. */
    static PartSink signalling(long pid, String signal) {
        return (ByteBuffer part) -> signal(pid, signal);
    }

    static void signal(long pid, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + signal + " " + pid);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Waits until it holds, 20 s at most. */
    static boolean soon(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /** Settings whose {@code java} is a shell script. */
    static WorkerSettings script(Path folder, String commands) throws IOException {
        Path script = folder.resolve("java.sh");
        Files.writeString(script, "#!/bin/sh\n" + commands + "\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return settings()
                .withCommand(
                        new JavaCommand(
                                script,
                                System.getProperty("java.class.path"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
    }

    /** Settings under which {@code main} of the tests runs in the worker's place. */
    static WorkerSettings impostor(Path folder, Class<?> main, String act) throws IOException {
        WorkerSettings real = settings();
        List<String> line = real.commandLine(Path.of("x"));
        String java = line.getFirst();
        return script(
                folder,
                "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s %s \"$@\""
                        .formatted(java, real.command().classPath(), main.getName(), act));
    }

    /** The error of a request. */
    static WorkerException failure(Worker worker, Request request, PartSink sink) {
        return catchThrowableOfType(WorkerException.class, () -> worker.run(request, sink));
    }

    static WorkerException failure(Worker worker, String name) {
        return failure(worker, request(name), part -> {});
    }
}
