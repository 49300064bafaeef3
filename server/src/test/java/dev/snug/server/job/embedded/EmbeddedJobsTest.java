package dev.snug.server.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStoreContract;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.store.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The contract over SQLite and a folder, and what becomes of the files. */
final class EmbeddedJobsTest extends JobStoreContract {
    private static final Line PICTURES = new Line(Kind.PICTURES, "m", "00");
    private static final Line SPEECH = new Line(Kind.SPEECH, "m", "00");

    @TempDir private Path data;
    @TempDir private Path uploads;

    @Override
    protected JobStore start(int countMost) {
        return open(data, countMost);
    }

    private static EmbeddedJobs open(Path data, int countMost) {
        return new EmbeddedJobs(data, Database.at(data), countMost, InstantSource.system());
    }

    @Override
    protected void kill(JobStore server) {
        // All that a killed process takes with it is its lock: nothing is kept in memory.
        server.close();
    }

    @Override
    protected Duration afterDeath() {
        return Duration.ofSeconds(2);
    }

    @Test
    void aServerThatNeverHadAJobOpensAndMakesNothing() throws Exception {
        try (Database database = Database.at(data);
                JobStore store = new EmbeddedJobs(data, database, 10, InstantSource.system())) {
            assertThat(store.take(Set.of(PICTURES), Duration.ofMillis(50))).isEmpty();
            assertThat(store.find("x")).isEmpty();
            assertThat(store.list(null, 10)).isEmpty();
            assertThat(store.forget(Instant.now())).isZero();
            assertThat(store.waiting() + store.deadLetters()).isZero();
            assertThat(store.cancel("x") || store.remove("x")).isFalse();
            assertThat(database.isOpen()).isFalse();
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void onlyItsOwnerMayReadWhatCameAndWhatIsMade() throws Exception {
        try (JobStore store = open(data, 10)) {
            submit(store, SPEECH, 1);
            Task task = take(store);
            store.workspace(task);
            try (var all = Files.walk(data.resolve("jobs"))) {
                assertThat(all.toList())
                        .hasSizeGreaterThan(4)
                        .allSatisfy(
                                path ->
                                        assertThat(permissions(path))
                                                .isEqualTo(
                                                        Files.isDirectory(path)
                                                                ? "rwx------"
                                                                : "rw-------"));
            }
            assertThat(permissions(data.resolve("jobs.lock"))).isEqualTo("rw-------");
        }
    }

    @Test
    void aPictureIsDeletedOnceItIsAnsweredAndAllOfThemWhenTheJobIsCancelled() throws Exception {
        try (JobStore store = open(data, 10)) {
            Job job = submit(store, PICTURES, 3);
            Task task = take(store);
            Path file = store.file(task);
            store.finish(task, new Outcome.Answered(new byte[] {'x'}), 1);
            assertThat(file).doesNotExist();
            assertThat(files(job)).hasSize(2);
            Task other = take(store);
            store.cancel(job.id());
            assertThat(files(job)).isEmpty();
            assertThatThrownBy(() -> store.file(other)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void ofATextThatIsOverOnlyTheSoundIsLeftAndNothingWhenItIsForgotten() throws Exception {
        try (JobStore store = open(data, 10)) {
            Job job = submit(store, SPEECH, 1);
            Task task = take(store);
            Files.writeString(store.workspace(task).resolve("chunk"), "samples");
            Path made = Files.writeString(store.workspace(task).resolve("made"), "a sound");
            store.finish(task, new Outcome.Made(made, "audio/wav", "s.wav"), 1);
            assertThat(files(job)).containsExactly(data.resolve("jobs/" + job.id() + "/sound"));
            store.remove(job.id());
            assertThat(data.resolve("jobs")).isEmptyDirectory();
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNextThatHandsOut() throws Exception {
        Job kept;
        try (JobStore store = open(data, 10)) {
            kept = submit(store, PICTURES, 2);
            store.finish(take(store), new Outcome.Answered(new byte[] {'x'}), 1);
        }
        Path jobs = data.resolve("jobs");
        // In the middle of copying; between the folder's name and the row; of a forgotten job.
        for (String name : List.of("new-a/in", "b/in", "gone-c/in")) {
            Files.createDirectories(jobs.resolve(name));
            Files.writeString(jobs.resolve(name).resolve("0"), "a patient's picture");
        }
        Files.writeString(jobs.resolve("new-a/lock"), "");
        // Between an answer's row and the end of its picture.
        Files.writeString(jobs.resolve(kept.id() + "/in/0"), "a patient's picture");

        try (JobStore store = open(data, 10)) {
            assertThat(take(store).item()).isEqualTo(1);
            assertThat(jobs).isDirectoryContaining(jobs.resolve(kept.id())::equals);
            assertThat(files(kept)).containsExactly(jobs.resolve(kept.id() + "/in/1"));
            try (var left = Files.list(jobs)) {
                assertThat(left).hasSize(1);
            }
        }
    }

    @Test
    void whatIsBeingTakenInIsNotRemoved() throws Exception {
        JobFolders folders = new JobFolders(data);
        try (JobStore store = open(data, 10);
                JobFolders.Arriving arriving = folders.arriving("a")) {
            arriving.begin();
            submit(store, PICTURES, 1);
            take(store);
            assertThat(data.resolve("jobs/new-a")).exists();
        }
        assertThat(data.resolve("jobs/new-a")).doesNotExist();
    }

    @Test
    void anOrderWhoseFileIsMissingLeavesNothing() throws Exception {
        try (JobStore store = open(data, 10)) {
            JobOrder order = order(PICTURES, 1);
            Path missing = uploads.resolve("missing");
            assertThatThrownBy(() -> store.submit(order, List.of(missing)))
                    .isInstanceOf(NoSuchFileException.class);
            assertThat(data.resolve("jobs")).isEmptyDirectory();
            assertThat(store.list(null, 10)).isEmpty();
        }
    }

    @Test
    void aFullDatabaseTakesNothingInAndLeavesNothing() throws Exception {
        try (Database database = Database.at(data);
                JobStore store = new EmbeddedJobs(data, database, 10, InstantSource.system())) {
            // SQLite's own way to a disk without room: sqlite.org/pragma.html#pragma_max_page_count
            long pages = database.read(s -> s.whole("pragma page_count"));
            database.read(s -> s.whole("pragma max_page_count=" + pages));
            JobOrder large = new JobOrder("", PICTURES, 1, new byte[400_000], Optional.empty());

            JobException full =
                    catchThrowableOfType(
                            JobException.class, () -> store.submit(large, uploaded(1)));

            assertThat(full.kind()).isEqualTo(JobException.Kind.NO_SPACE);
            assertThat(data.resolve("jobs")).isEmptyDirectory();
            assertThat(store.list(null, 10)).isEmpty();
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsUnavailable() throws Exception {
        Database database = Database.at(data);
        try (JobStore store = new EmbeddedJobs(data, database, 10, InstantSource.system())) {
            Job job = submit(store, PICTURES, 1);
            database.close();
            assertThatThrownBy(() -> store.find(job.id()))
                    .isInstanceOfSatisfying(
                            JobException.class,
                            e -> assertThat(e.kind()).isEqualTo(JobException.Kind.UNAVAILABLE));
        }
    }

    @Test
    void oneServerHandsOutAtATimeAndTheNextTakesOver() throws Exception {
        JobStore first = open(data, 10);
        try (JobStore second = open(data, 10)) {
            submit(second, PICTURES, 2);
            Task task = take(first);
            assertThat(second.take(Set.of(PICTURES), Duration.ofMillis(1500))).isEmpty();
            assertThat(first.standing(task)).isEqualTo(JobStore.Standing.WANTED);

            first.close();

            Task again = take(second);
            assertThat(again.item()).isEqualTo(0);
            assertThat(again.delivery()).isEqualTo(2);
            assertThat(second.find(task.job()).orElseThrow().state()).isEqualTo(State.RUNNING);
        }
    }

    private Job submit(JobStore store, Line line, int items) throws IOException {
        return store.submit(order(line, items), uploaded(items)).job();
    }

    private static JobOrder order(Line line, int items) {
        return new JobOrder("", line, items, new byte[] {'{', '}'}, Optional.empty());
    }

    private List<Path> uploaded(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(Files.writeString(uploads.resolve("upload-" + i), "a picture"));
        }
        return files;
    }

    private static Task take(JobStore store) throws InterruptedException {
        return store.take(Set.of(PICTURES, SPEECH), Duration.ofSeconds(5)).orElseThrow();
    }

    private List<Path> files(Job job) throws IOException {
        try (var all = Files.walk(data.resolve("jobs").resolve(job.id()))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
