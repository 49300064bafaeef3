package dev.snug.runtime.worker;

import static dev.snug.runtime.worker.Children.answer;
import static dev.snug.runtime.worker.Children.echo;
import static dev.snug.runtime.worker.Children.failure;
import static dev.snug.runtime.worker.Children.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests to real child JVMs that live on, or are refused memory. The oracles: the bytes that were
 * sent, for answers; the fault or allocation that the test itself made, for errors; the system's
 * table of processes and limits.
 */
@Timeout(60)
final class WorkerProcessTest {
    private static final long DATA_BYTES = 256L << 20;

    @Test
    void theAnswerIsTheBytesThatWereSentWhateverTheirNumber() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            for (int size : new int[] {0, 1, Frames.PAYLOAD_BYTES_MAX, 65_537, 3_000_000}) {
                byte[] body = new byte[size];
                new Random(size).nextBytes(body);
                var got = new ByteArrayOutputStream();
                worker.run(
                        Request.of("echo", body, Children.LONG),
                        part -> {
                            byte[] bytes = new byte[part.remaining()];
                            part.get(bytes);
                            got.writeBytes(bytes);
                        });
                assertThat(got.toByteArray()).isEqualTo(body);
            }
        }
    }

    @Test
    void whatTheTaskThrowsIsTypedAndTheWorkerGoesOn() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(failure(worker, "wrong"))
                    .hasMessage("request 'wrong': no such voice")
                    .returns(Kind.BAD_REQUEST, WorkerException::kind);
            assertThat(failure(worker, "unheard of")).returns(Kind.FAILED, WorkerException::kind);
            assertThat(answer(worker, request("garbage"))).isEqualTo("clean");
            assertThat(answer(worker, echo("right"))).isEqualTo("right");
        }
    }

    @Test
    void aFullHeapIsARefusalForMemoryAndEndsTheWorker() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(failure(worker, "fill the heap"))
                    .hasMessageContaining("out of memory in the worker: Java heap space")
                    .returns(Kind.OUT_OF_MEMORY, WorkerException::kind);
            assertThat(worker.usable()).isFalse();
            assertThat(Children.alive(worker.pid())).isFalse();
        }
    }

    @Test
    void aBodyThatTheHeapCannotHoldIsARefusalForMemory() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            byte[] body = new byte[40 << 20];
            assertThat(failure(worker, Request.of("echo", body, Children.LONG), part -> {}))
                    .hasMessageContaining("out of memory in the worker")
                    .returns(Kind.OUT_OF_MEMORY, WorkerException::kind);
        }
    }

    static boolean canLimitData() {
        return JavaCommand.ofThisProcess().prlimit().isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "malloc", "bad_alloc"})
    @EnabledIf("canLimitData")
    void nativeMemoryPastTheDataLimitIsRefusedNotKilled(String name) throws Exception {
        WorkerSettings limited =
                Children.settings()
                        .withOptions(List.of("-XX:MaxDirectMemorySize=4g"))
                        .withDataBytes(DATA_BYTES);
        assertThat(limited.notes()).isEmpty();
        try (Worker worker = Worker.start(limited)) {
            assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/limits")))
                    .containsPattern("Max data size +" + DATA_BYTES + " +" + DATA_BYTES);
            assertThat(failure(worker, name))
                    .hasMessageContaining("out of memory in the worker")
                    .returns(Kind.OUT_OF_MEMORY, WorkerException::kind);
        }
    }

    @Test
    void withoutADataLimitTheSameAllocationSucceeds() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(answer(worker, request("malloc"))).isEmpty();
        }
    }

    @Test
    void aSlowReceiverHoldsTheWorkerAndNotItsDeadline() throws Exception {
        AtomicLong parts = new AtomicLong();
        try (Worker worker = Worker.start(Children.settings())) {
            Request request = Request.of("echo", new byte[1 << 20], Duration.ofMillis(1500));
            worker.run(
                    request,
                    part -> {
                        parts.incrementAndGet();
                        sleep(150);
                    });
            assertThat(parts.get() * 150).isGreaterThan(1500);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aReceiverThatFailsCancelsTheRequestAndTheWorkerGoesOn() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            PartSink gone =
                    part -> {
                        throw new IllegalStateException("the client has gone");
                    };
            assertThatThrownBy(() -> worker.run(request("stream"), gone))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the client has gone");
            assertThat(answer(worker, echo("right"))).isEqualTo("right");
        }
    }

    /** Were it not so, the task would be in its next step, or through with all ten. */
    @Test
    void aRequestThatIsGivenUpAtTheEndOfAStepStopsThere() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            PartSink third =
                    part -> {
                        if (part.get(part.position()) == '3') {
                            sleep(100);
                            throw new IllegalStateException("somebody else waits");
                        }
                    };
            assertThatThrownBy(() -> worker.run(steps(0), third)).hasMessage("somebody else waits");
            assertThat(answer(worker, request("steps done"))).isEqualTo("2");
        }
    }

    @Test
    void theDeadlineCountsAnewWithEachStep() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            assertThat(answer(worker, steps(150))).isEqualTo("12345678910");
        }
    }

    /** Ten steps, for which a second would do only if each has its own. */
    private static Request steps(int millis) {
        byte[] body = Integer.toString(millis).getBytes(StandardCharsets.UTF_8);
        return Request.of("steps", body, Duration.ofSeconds(1));
    }

    @Test
    void anInterruptedThreadCancelsTheRequestAndTheWorkerGoesOn() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            Thread me = Thread.currentThread();
            assertThatThrownBy(() -> worker.run(request("stream"), part -> me.interrupt()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            assertThat(answer(worker, echo("right"))).isEqualTo("right");
        }
    }

    @Test
    void aTaskThatDoesNotNoticeItsCancellationIsKilled() throws Exception {
        Worker worker =
                new WorkerStart(Children.settings(), Probe.ofThisMachine())
                        .start(Duration.ofMillis(200));
        try (worker) {
            Thread me = Thread.currentThread();
            assertThatThrownBy(() -> worker.run(request("begin and wait"), part -> me.interrupt()))
                    .isInstanceOf(InterruptedException.class);
            assertThat(worker.usable()).isFalse();
            assertThat(Children.alive(worker.pid())).isFalse();
        }
    }

    @Test
    void aBodyThatIsCutShortIsABadRequestAndTheWorkerGoesOn() throws Exception {
        try (Worker worker = Worker.start(Children.settings())) {
            Request cut =
                    new Request(
                            "echo",
                            200_000,
                            new ByteArrayInputStream(new byte[150_000]),
                            Children.LONG);
            assertThat(failure(worker, cut, part -> {}))
                    .hasMessage("the body of request 'echo' ended after 150000 of 200000 bytes")
                    .returns(Kind.BAD_REQUEST, WorkerException::kind);
            assertThat(answer(worker, echo("right"))).isEqualTo("right");
        }
    }
}
