package dev.snug.server.job.run;

import static dev.snug.server.job.run.Soon.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.job.Job;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.store.Database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A runner between a real queue and workers that are none. The oracle is what was ordered: each
 * answer is its picture's text, each sound its document's lines.
 */
@Timeout(60)
final class JobRunnerTest {
    private final FakeWorkplace workplace = new FakeWorkplace();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Metrics metrics = new Metrics();
    @TempDir private Path folder;
    private Database database;
    private FlakyStore flaky;
    private JobStore jobs;
    private JobRunner runner;

    @BeforeEach
    void open() {
        database = Database.at(folder);
        jobs = new EmbeddedJobs(folder, database, 100, InstantSource.system());
        flaky = new FlakyStore(jobs);
        runner =
                new JobRunner(
                        flaky.store,
                        workplace,
                        JobQuestions::read,
                        new JobMeter(metrics, flaky.store),
                        Duration.ofHours(1),
                        log::add);
    }

    @AfterEach
    void close() {
        runner.close();
        database.close();
    }

    private String pictures(String... texts) throws IOException {
        List<JobQuestion.Picture> named =
                Arrays.stream(texts).map(text -> new JobQuestion.Picture(text, "00")).toList();
        JobQuestion asked =
                new JobQuestion.Pictures(
                        named, HeatMapForm.NONE, null, "viridis", null, null, null, false);
        return submitted(FakeWorkplace.PICTURES, asked, texts);
    }

    private String text(String... lines) throws IOException {
        JobQuestion asked =
                new JobQuestion.Document(
                        JobQuestion.Document.Kind.TEXT,
                        "book",
                        new SpeechQuestion(null, "", null, 1, null, 7, SpeechQuestion.Format.WAV));
        return submitted(FakeWorkplace.SPEECH, asked, String.join("\n", lines));
    }

    private String submitted(Line line, JobQuestion asked, String... contents) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String content : contents) {
            files.add(Files.writeString(Files.createTempFile(folder, "in", ""), content));
        }
        byte[] question = JobQuestions.bytes(asked);
        JobOrder order = new JobOrder("", line, files.size(), question, Optional.empty());
        return jobs.submit(order, files).job().id();
    }

    private Job job(String id) {
        return jobs.find(id).orElseThrow();
    }

    private Job over(String id) throws InterruptedException {
        await(() -> job(id).state().isOver());
        return job(id);
    }

    /** How each picture ended: its answer's model, which is its text, or its problem's code. */
    private List<String> ends(String id) {
        return jobs.ended(id, 0, 100).stream().map(JobRunnerTest::end).toList();
    }

    private static String end(JobStore.Ended ended) {
        return switch (ended.outcome()) {
            case Outcome.Answered(byte[] json) ->
                    String.valueOf(Json.parseObject(json, "an answer").get("model"));
            case Outcome.Failed(Job.Problem problem) -> problem.code();
            case Outcome.Made _ -> "a sound";
        };
    }

    private String sound(String id) throws IOException {
        try (var in = jobs.sound(id).orElseThrow().in()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<AnswerException> refusal(AnswerException.Kind kind) {
        return Optional.of(new AnswerException(kind, "because"));
    }

    @Test
    void aBatchAndATextAreDone() throws Exception {
        String batch = pictures("a", "b", "c");
        String text = text("one", "two", "three");
        runner.start();

        assertThat(over(batch).state()).isEqualTo(State.SUCCEEDED);
        assertThat(ends(batch)).containsExactly("a", "b", "c");
        Job spoken = over(text);
        assertThat(List.of(spoken.done(), spoken.total())).containsExactly(3, 3);
        assertThat(sound(text)).isEqualTo("one+two+three");
        assertThat(jobs.sound(text).orElseThrow().name()).isEqualTo("book.wav");
        await(() -> metrics.text().contains("snug_jobs_running_items 0"));
        assertThat(metrics.text())
                .contains(
                        "snug_jobs_items_total{end=\"answered\"} 3",
                        "snug_jobs_items_total{end=\"made\"} 1",
                        "snug_jobs_steps_total{kind=\"pictures\"} 3",
                        "snug_jobs_steps_total{kind=\"speech\"} 3",
                        "snug_jobs_waiting_items 0");
        assertThat(log).hasSize(4).allMatch(line -> line.matches(".* (answered|made) in .*"));
    }

    @Test
    void aRefusedPictureFailsAloneAndOneThatKillsItsWorkerIsGivenUp() throws Exception {
        workplace.wrong =
                text ->
                        switch (text) {
                            case "dark" -> refusal(AnswerException.Kind.PHOTO_REFUSED);
                            case "deadly" -> refusal(AnswerException.Kind.FAILED);
                            default -> Optional.empty();
                        };
        String batch = pictures("a", "dark", "deadly", "b");
        runner.start();

        assertThat(over(batch).failed()).isEqualTo(2);
        assertThat(ends(batch)).containsExactly("a", "photo_refused", "gave_up", "b");
        assertThat(workplace.done.stream().filter("deadly"::equals))
                .hasSize(JobStore.DELIVERIES_MAX);
        assertThat(jobs.deadLetters()).isEqualTo(1);
        assertThat(log.stream().filter(line -> line.contains("goes back")))
                .hasSize(3)
                .allMatch(line -> line.contains("item 2 of job " + batch));
        assertThat(log).anyMatch(line -> line.contains("item 1 of job " + batch + " failed"));
    }

    @Test
    void whileThereIsNoRoomItIsTriedAgainWithoutEnd() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2 * JobStore.DELIVERIES_MAX);
        workplace.wrong =
                _ ->
                        refusals.getAndDecrement() > 0
                                ? refusal(AnswerException.Kind.BUSY)
                                : Optional.empty();
        String batch = pictures("a");
        runner.start();

        assertThat(over(batch).failed()).isZero();
        assertThat(workplace.done).hasSize(2 * JobStore.DELIVERIES_MAX + 1);
    }

    @Test
    void aTextGivesItsWorkerUpWithEachStepWhileSomebodyWaitsAndLosesNothing() throws Exception {
        workplace.isAwaited = true;
        String text = text("one", "two", "three");
        runner.start();

        assertThat(over(text).state()).isEqualTo(State.SUCCEEDED);
        assertThat(workplace.done).containsExactly("one", "two", "three");
        assertThat(flaky.asked.stream().filter("giveBack"::equals)).isEmpty();
    }

    @Test
    void whatIsCancelledEndsWithinAStep() throws Exception {
        workplace.millis = 50;
        String[] lines = new String[200];
        Arrays.setAll(lines, Integer::toString);
        String text = text(lines);
        runner.start();
        await(() -> job(text).done() >= 2);

        assertThat(jobs.cancel(text)).isTrue();
        int then = workplace.done.size();

        await(() -> metrics.text().contains("snug_jobs_items_total{end=\"dropped\"} 1"));
        assertThat(workplace.done).hasSizeLessThanOrEqualTo(then + 2);
    }

    @Test
    void whatIsDoneWhileTheQueueIsAwayIsToldWhenItIsBack() throws Exception {
        String batch = pictures("a");
        flaky.away.add("finish");
        runner.start();
        await(() -> flaky.asked.stream().filter("finish"::equals).count() >= 2);
        assertThat(metrics.text()).contains("snug_jobs_running_items 1");
        flaky.away.clear();

        assertThat(over(batch).state()).isEqualTo(State.SUCCEEDED);
        assertThat(workplace.done).containsExactly("a");
        await(() -> log.size() == 3);
        assertThat(log.getFirst()).contains("does not answer").contains("nobody is there");
        assertThat(log.get(1)).contains("is back");
    }

    @Test
    void aStepThatCannotBeToldFreesTheWorkerAndCountsAllTheSame() throws Exception {
        String text = text("one", "two", "three");
        flaky.away.add("progress");
        runner.start();
        await(() -> flaky.asked.stream().filter("progress"::equals).count() >= 3);
        assertThat(workplace.done).containsExactly("one");
        flaky.away.clear();

        assertThat(over(text).done()).isEqualTo(3);
        assertThat(workplace.done).containsExactly("one", "two", "three");
    }

    @Test
    void whoIsStoppedGivesBackUncountedWhatItHolds() throws Exception {
        workplace.millis = 60_000;
        pictures("a", "b");
        text("one");
        runner.start();
        await(() -> metrics.text().contains("snug_jobs_running_items 2"));

        runner.close();

        assertThat(jobs.waiting()).isEqualTo(3);
        var again = jobs.take(workplace.lines(), Duration.ZERO).orElseThrow();
        assertThat(again.delivery()).isEqualTo(1);
    }

    /** By their age alone, the kinds would alternate with each item. */
    @Test
    void kindsThatTakeTurnsDoNotAlternateWithEachItem() throws Exception {
        workplace.isInTurns = true;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addAll(List.of(pictures("p"), text("t")));
        }
        runner.start();
        for (String id : ids) {
            over(id);
        }
        assertThat(workplace.done)
                .containsExactly("p", "p", "p", "p", "p", "t", "t", "t", "t", "t");
    }

    @Test
    void aBrokenQuestionDoesNotStopTheOthers() throws Exception {
        byte[] nonsense = "{}".getBytes(StandardCharsets.UTF_8);
        Path file = Files.writeString(folder.resolve("x"), "x");
        JobOrder order = new JobOrder("", FakeWorkplace.PICTURES, 1, nonsense, Optional.empty());
        String broken = jobs.submit(order, List.of(file)).job().id();
        String batch = pictures("a");
        runner.start();

        assertThat(over(batch).failed()).isZero();
        assertThat(over(broken).failed()).isEqualTo(1);
        assertThat(ends(broken)).containsExactly("gave_up");
    }
}
