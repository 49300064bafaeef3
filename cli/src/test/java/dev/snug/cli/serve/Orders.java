package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.store.Database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whoever orders jobs of a server, in its data folder: another process that the server knows
 * nothing of, and that sees what is there while the server is not.
 */
final class Orders implements AutoCloseable {
    private static final int COUNT_MOST = 100;

    private final Snug snug;
    private final Database database;
    private final JobStore jobs;

    Orders(Snug snug) throws IOException {
        this.snug = snug;
        Files.createDirectories(snug.data());
        this.database = Database.at(snug.data());
        this.jobs = new EmbeddedJobs(snug.data(), database, COUNT_MOST, InstantSource.system());
    }

    /** The same picture so often. */
    String pictures(int count) throws IOException {
        JobQuestion asked =
                new JobQuestion.Pictures(
                        Collections.nCopies(count, new JobQuestion.Picture("a", "00")),
                        HeatMapForm.NONE,
                        null,
                        "viridis",
                        null,
                        null,
                        null,
                        false);
        Line line = line(Kind.PICTURES, Snug.CLASSIFIER);
        return submitted(line, asked, Collections.nCopies(count, Snug.PICTURE));
    }

    /** A text as a WAV file. */
    String text(String words, int steps) throws IOException {
        Path file = Files.writeString(Files.createTempFile(snug.folder(), "text", ".md"), words);
        JobQuestion asked =
                new JobQuestion.Document(
                        JobQuestion.Document.Kind.TEXT,
                        "book",
                        new SpeechQuestion(null, "", null, 1, steps, 7, SpeechQuestion.Format.WAV));
        return submitted(line(Kind.SPEECH, "snug-vi"), asked, List.of(file));
    }

    private Line line(Kind kind, String model) {
        BundleStore store = new BundleStore(snug.home(), Optional.of(Snug.ROOT.resolve("models")));
        return new Line(kind, model, store.open(model).manifestSha256());
    }

    private String submitted(Line line, JobQuestion asked, List<Path> files) throws IOException {
        byte[] question = JobQuestions.bytes(asked);
        JobOrder order = new JobOrder("", line, files.size(), question, Optional.empty());
        return jobs.submit(order, files).job().id();
    }

    Job job(String id) {
        return jobs.find(id).orElseThrow();
    }

    int done(String id) {
        return job(id).done();
    }

    boolean cancel(String id) {
        return jobs.cancel(id);
    }

    /** Waits for the job's end, which is to be its success. */
    Job succeeded(String id) throws InterruptedException {
        Serving.await("job " + job(id) + " ends", 120, () -> job(id).state().isOver());
        Job job = job(id);
        assertThat(job.state()).as("%s", job).isEqualTo(Job.State.SUCCEEDED);
        return job;
    }

    byte[] sound(String id) throws IOException {
        try (InputStream in = jobs.sound(id).orElseThrow().in()) {
            return in.readAllBytes();
        }
    }

    /** Indexes of the items that have an answer. */
    List<Integer> answered(String id) {
        List<Integer> items = new ArrayList<>();
        for (JobStore.Ended ended : jobs.ended(id, 0, JobOrder.ITEMS_MAX)) {
            assertThat(ended.outcome()).isInstanceOf(Outcome.Answered.class);
            items.add(ended.item());
        }
        return items;
    }

    long deadLetters() {
        return jobs.deadLetters();
    }

    @Override
    public void close() {
        jobs.close();
        database.close();
    }
}
