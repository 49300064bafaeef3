package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.Worker;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerException.Kind;
import dev.snug.runtime.worker.WorkerSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A worker that speaks with the shipped voice dies in every way there is: each costs one error of
 * its kind, and the next worker's answer is right. The oracle of the answers is the same work in
 * this process, byte by byte; that of the deaths is the signal that the test sent.
 */
@Timeout(120)
final class RealWorkerIT {
    private static final long HEAP_BYTES = 64L << 20;

    /**
     * Between what a sentence takes, 13 to 16 MiB, and what the activations of 4000 frames do, 24.
     */
    private static final long DATA_BYTES =
            HEAP_BYTES + WorkerSettings.BESIDE_HEAP_BYTES + (17L << 20);

    static final String TEXT = "Xin chào.";

    static final Duration LONG = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "KILL, 60, CRASHED, was ended by SIGKILL",
        "SEGV, 60, CRASHED, crashed with SIGSEGV",
        "STOP, 4, STUCK, more than the 4.0 s"
    })
    void aDeathCostsOneErrorAndTheNextAnswerIsRight(
            String signal, int patienceSeconds, Kind kind, String words) throws Exception {
        try (Worker worker = Worker.start(settings())) {
            Request request =
                    request(ModelTask.SPEAK_ON, TEXT, Duration.ofSeconds(patienceSeconds));
            WorkerException error =
                    catchThrowableOfType(
                            WorkerException.class,
                            () -> worker.run(request, _ -> send(worker.pid(), signal)));
            assertThat(error).hasMessageContaining(words).returns(kind, WorkerException::kind);
            assertThat(worker.usable()).isFalse();
        }
        nextIsRight(settings());
    }

    @Test
    void anAllocationBeyondTheLimitOfDataIsARefusal() throws Exception {
        WorkerSettings tight = settings().withDataBytes(DATA_BYTES);
        try (Worker worker = Worker.start(tight)) {
            Request request = request(ModelTask.VELOCITY, "4000", LONG);
            WorkerException error =
                    catchThrowableOfType(WorkerException.class, () -> worker.run(request, _ -> {}));
            assertThat(error)
                    .hasMessageContaining("bad_alloc")
                    .returns(Kind.OUT_OF_MEMORY, WorkerException::kind);
            assertThat(worker.usable()).isFalse();
        }
        nextIsRight(tight);
    }

    private static void nextIsRight(WorkerSettings settings) throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Worker next = Worker.start(settings)) {
            next.run(request(ModelTask.SPEAK, TEXT, LONG), part -> collect(part, answer));
        }
        assertThat(answer.toByteArray()).isEqualTo(RealWork.spoken(TEXT, SessionSettings.MAPPED));
    }

    static void collect(ByteBuffer part, ByteArrayOutputStream answer) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        answer.writeBytes(bytes);
    }

    static Request request(String name, String text, Duration deadline) {
        return Request.of(name, text.getBytes(StandardCharsets.UTF_8), deadline);
    }

    static WorkerSettings settings() throws IOException {
        List<String> options = new ArrayList<>(List.of("-Dsnug.root=" + RealWork.ROOT));
        Path natives = RealWork.ROOT.resolve("cli/target/dist/native/ai/onnxruntime/native");
        try (Stream<Path> platforms = Files.list(natives)) {
            platforms.forEach(folder -> options.add("-Donnxruntime.native.path=" + folder));
        }
        return WorkerSettings.of(ModelTask.class, HEAP_BYTES).withOptions(options);
    }

    private static void send(long pid, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
