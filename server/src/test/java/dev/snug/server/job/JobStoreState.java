package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.JobStore.Ended;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A store on a state of its own, and orders for it; what the contracts have in common. */
abstract class JobStoreState {
    static final Line PICTURES = new Line(Kind.PICTURES, "sklesion:int8", "ab12");
    static final Line SPEECH = new Line(Kind.SPEECH, "ljspeech", "cd34");
    static final Set<Line> ALL = Set.of(PICTURES, SPEECH);
    static final Duration AT_ONCE = Duration.ZERO;
    static final Duration SOON = Duration.ofSeconds(5);
    static final Problem BROKEN = new Problem("bad_picture", "it is no picture");

    @TempDir private Path uploads;
    private final List<JobStore> servers = new ArrayList<>();
    JobStore store;

    /**
     * Starts a server on the state that the others of this test have.
     *
     * @param countMost most jobs that are not over
     */
    protected abstract JobStore start(int countMost) throws Exception;

    /** Ends a server as SIGKILL does, as far as one can in a process. */
    protected abstract void kill(JobStore server) throws Exception;

    /** How long it takes at most until what a killed server had is handed out again. */
    protected abstract Duration afterDeath();

    @BeforeEach
    void startOne() throws Exception {
        store = server(1000);
    }

    @AfterEach
    void endAll() {
        servers.forEach(JobStore::close);
    }

    final JobStore server(int countMost) throws Exception {
        JobStore server = start(countMost);
        servers.add(server);
        return server;
    }

    Task taken(Line line) throws InterruptedException {
        return store.take(Set.of(line), SOON).orElseThrow();
    }

    List<Path> files(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = Files.createTempDirectory(uploads, "upload");
        for (int i = 0; i < count; i++) {
            files.add(Files.writeString(folder.resolve("upload-" + i), "file " + i));
        }
        return files;
    }

    static JobOrder batch(String account, int items) {
        return batch(account, items, Optional.empty());
    }

    static JobOrder batch(String account, int items, Optional<IdempotencyKey> key) {
        byte[] question = "{\"pictures\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        return new JobOrder(account, PICTURES, items, question, key);
    }

    static JobOrder text(String account, Optional<IdempotencyKey> key) {
        byte[] question = "{\"voice\":\"Lan Nữ\"}".getBytes(StandardCharsets.UTF_8);
        return new JobOrder(account, SPEECH, 1, question, key);
    }

    static IdempotencyKey key(String text, String sha256) {
        return new IdempotencyKey(text, sha256.repeat(32));
    }

    static Outcome answer(String text) {
        return new Outcome.Answered(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> said(List<Ended> ended) {
        return ended.stream().map(JobStoreContract::said).toList();
    }

    static String said(Ended ended) {
        return ended.item()
                + " "
                + switch (ended.outcome()) {
                    case Outcome.Answered answered ->
                            new String(answered.json(), StandardCharsets.UTF_8);
                    case Outcome.Failed failed ->
                            failed.problem().code() + " " + failed.problem().message();
                    case Outcome.Made _ -> "a sound";
                };
    }

    void assertRefused(JobStore by, JobOrder order, JobException.Kind kind) {
        assertThatThrownBy(() -> by.submit(order, files(order.items())))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> all = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, work))) {
                all.add(future.get());
            }
            return all;
        }
    }
}
