package dev.snug.bench.suites;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Reads files in a process of its own, one after the other: a path a line on standard input, a
 * finding a line on standard output. It ends with the input, or after a file that took too long.
 */
public final class SuiteWorker {
    /** A user waits no longer for a refusal. */
    static final int SECONDS_MAX = 5;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final Suite suite;
    private final Path scratch;

    private SuiteWorker(Suite suite, Path scratch) {
        this.suite = suite;
        this.scratch = scratch;
    }

    /** The arguments are the suite's name and an empty folder. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SuiteWorker worker = new SuiteWorker(Suite.valueOf(arguments[0]), Path.of(arguments[1]));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ExecutorService reading = Executors.newSingleThreadExecutor()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Finding found = worker.find(Path.of(line), reading);
                System.out.println(found.line());
                System.out.flush();
                if (found.verdict().kind() == Verdict.Kind.LATE) {
                    Runtime.getRuntime().halt(1);
                }
            }
        }
    }

    private Finding find(Path file, ExecutorService reading)
            throws IOException, InterruptedException {
        long open = descriptors();
        long began = System.nanoTime();
        Verdict verdict = verdict(file, reading);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        long after = descriptors();
        if (after > open && verdict.kind() != Verdict.Kind.LATE) {
            // What a class needs for good is opened once; what leaks is opened each time.
            verdict(file, reading);
            return new Finding(verdict, millis, Math.max(0, descriptors() - after));
        }
        return new Finding(verdict, millis, 0);
    }

    private Verdict verdict(Path file, ExecutorService reading) throws InterruptedException {
        Future<?> done =
                reading.submit(
                        () -> {
                            suite.read(file, scratch);
                            return null;
                        });
        try {
            done.get(SECONDS_MAX, TimeUnit.SECONDS);
            return Verdict.ANSWERED;
        } catch (ExecutionException e) {
            return Verdict.of(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            return new Verdict(Verdict.Kind.LATE, "more than " + SECONDS_MAX + " s");
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}
