package dev.snug.runtime.worker;

import static dev.snug.runtime.worker.Children.failure;
import static dev.snug.runtime.worker.Children.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Real child JVMs that are killed, stopped, orphaned, or never were workers. The oracles: the
 * signal or the bytes that the test itself sent, for errors; the system's table of processes and
 * the temporary folder, for what is left.
 */
@Timeout(60)
final class WorkerDeathTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "KILL, was ended by SIGKILL",
        "SEGV, crashed with SIGSEGV",
        "BUS, crashed with SIGBUS",
        "ABRT, was ended by SIGABRT"
    })
    void aKilledWorkerCostsOneErrorThatNamesTheSignal(String signal, String words)
            throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(
                            failure(
                                    worker,
                                    request("begin and wait"),
                                    Children.signalling(worker.pid(), signal)))
                    .hasMessageContaining("the worker " + words)
                    .hasMessageContaining("request 'begin and wait'")
                    .returns(Kind.CRASHED, WorkerException::kind);
            assertThat(Children.alive(worker.pid())).isFalse();
        }
    }

    @Test
    void aWorkerThatEndsByItselfIsToldWithItsLastWords() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(failure(worker, "halt"))
                    .hasMessageContaining("ended with exit code 7, its last words: giving up")
                    .returns(Kind.CRASHED, WorkerException::kind);
        }
    }

    @Test
    void aStoppedWorkerIsKilledAtItsDeadline() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            Request hasty = Request.of("stream", new byte[0], Duration.ofMillis(400));
            long start = System.nanoTime();
            assertThat(failure(worker, hasty, Children.signalling(worker.pid(), "STOP")))
                    .hasMessageContaining("more than the 0.4 s of request 'stream'")
                    .returns(Kind.STUCK, WorkerException::kind);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
            assertThat(Children.alive(worker.pid())).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oversized, a frame PART announces 2147483647 bytes; at most 65536 are allowed",
        "version, 'protocol version 3, and 2 is spoken here'",
        "request, a frame REQUEST within an answer",
        "truncated, ended with exit code 0"
    })
    void bytesThatAreNoAnswerCostOneErrorAndTheProcess(String act, String words) throws Exception {
        WorkerSettings settings = Children.impostor(folder, Impostor.class, act);
        try (Worker worker = Worker.start(settings)) {
            assertThat(failure(worker, "echo"))
                    .hasMessageContaining(words)
                    .returns(Kind.CRASHED, WorkerException::kind);
            assertThat(Children.alive(worker.pid())).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exec sleep 60, 'has not connected within 0.3 s; it was killed'",
        "echo no room; exit 3, 'ended with exit code 3, its last words: no room'"
    })
    void aChildThatNeverConnectsIsNotStartedAndLeavesNothing(String commands, String words)
            throws Exception {
        long before = socketFolders();
        WorkerSettings settings =
                Children.script(folder, commands).withStartPatience(Duration.ofMillis(300));
        assertThatThrownBy(() -> Worker.start(settings))
                .isInstanceOfSatisfying(
                        WorkerException.class,
                        e -> assertThat(e.kind()).isEqualTo(Kind.NOT_STARTED))
                .hasMessageContaining(words);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .noneMatch(child -> child.info().command().orElse("").endsWith("sleep"));
        assertThat(socketFolders()).isEqualTo(before);
    }

    private static long socketFolders() throws Exception {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("snug-worker"))
                    .count();
        }
    }

    @Test
    void aTaskThatCannotBeMadeIsNotStartedAndNamed() {
        WorkerSettings real = Children.settings();
        WorkerSettings missing =
                new WorkerSettings(
                        real.command(),
                        "dev.snug.Missing",
                        real.heapBytes(),
                        real.dataBytes(),
                        List.of(),
                        Children.LONG);
        assertThatThrownBy(() -> Worker.start(missing))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("cannot make dev.snug.Missing");
    }

    @Test
    void workersEndWhenTheirParentIsKilled() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Children.settings().command().java().toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DoomedParent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String[] pids = parent.inputReader().readLine().split(" ", 2);
            long idle = Long.parseLong(pids[0]);
            long busy = Long.parseLong(pids[1]);
            assertThat(Children.alive(idle) && Children.alive(busy)).isTrue();

            parent.destroyForcibly().waitFor();

            assertThat(Children.soon(() -> !Children.alive(idle) && !Children.alive(busy)))
                    .isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheRequestAsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Worker worker = Worker.start(Children.settings());
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        begun.await();
                                    } catch (InterruptedException e) {
                                        throw new AssertionError(e);
                                    }
                                    worker.kill();
                                });
        try (worker) {
            assertThat(failure(worker, request("begin and wait"), part -> begun.countDown()))
                    .returns(Kind.CLOSED, WorkerException::kind);
        }
        killer.join();
    }
}
