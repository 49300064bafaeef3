package dev.snug.server.job.redis;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Ended;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Orders as these tests give them. */
final class Orders {
    static final Line PICTURES = new Line(Kind.PICTURES, "sklesion:int8", "ab12");
    static final Line SPEECH = new Line(Kind.SPEECH, "ljspeech", "cd34");
    static final Set<Line> ALL = Set.of(PICTURES, SPEECH);

    private Orders() {}

    /** A batch of files that each hold their number; the id of its job. */
    static String batch(JobStore store, Path folder, int items) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            files.add(Files.writeString(folder.resolve("picture-" + i), "picture " + i));
        }
        return store.submit(order(PICTURES, items), files).job().id();
    }

    /** A text; the id of its job. */
    static String text(JobStore store, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "Xin chào");
        return store.submit(order(SPEECH, 1), List.of(file)).job().id();
    }

    static JobOrder order(Line line, int items) {
        byte[] question = "{}".getBytes(StandardCharsets.UTF_8);
        return new JobOrder("lan", line, items, question, Optional.empty());
    }

    static Task taken(JobStore store) throws InterruptedException {
        return store.take(ALL, Duration.ofSeconds(20)).orElseThrow();
    }

    /** Answers with what the file holds. */
    static boolean answer(JobStore store, Task task) throws IOException {
        byte[] file = Files.readAllBytes(store.file(task));
        return store.finish(task, new Outcome.Answered(file), 1);
    }

    /** What the pictures of a job ended as, in their order. */
    static List<String> answers(JobStore store, String id) {
        return store.ended(id, 0, JobOrder.ITEMS_MAX).stream().map(Orders::said).toList();
    }

    private static String said(Ended ended) {
        return switch (ended.outcome()) {
            case Outcome.Answered(byte[] json) -> new String(json, StandardCharsets.UTF_8);
            case Outcome.Failed(Job.Problem problem) -> problem.code();
            case Outcome.Made _ -> "a sound";
        };
    }
}
