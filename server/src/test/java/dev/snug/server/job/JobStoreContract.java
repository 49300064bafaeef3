package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.JobStore.Accepted;
import dev.snug.server.job.JobStore.Ended;
import dev.snug.server.job.JobStore.Sound;
import dev.snug.server.job.JobStore.Standing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What {@link JobStore} says, sentence by sentence, of whatever implements it. */
public abstract class JobStoreContract {
    private static final Line PICTURES = new Line(Kind.PICTURES, "sklesion:int8", "ab12");
    private static final Line SPEECH = new Line(Kind.SPEECH, "ljspeech", "cd34");
    private static final Set<Line> ALL = Set.of(PICTURES, SPEECH);
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Problem BROKEN = new Problem("bad_picture", "it is no picture");

    @TempDir private Path uploads;
    private final List<JobStore> servers = new ArrayList<>();
    private JobStore store;

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

    private JobStore server(int countMost) throws Exception {
        JobStore server = start(countMost);
        servers.add(server);
        return server;
    }

    @Test
    void anOrderIsAJobThatWaits() throws Exception {
        Instant before = Instant.now().minusSeconds(1);

        Accepted accepted = store.submit(batch("lan", 3), files(3));

        Job job = accepted.job();
        assertThat(accepted.isNew()).isTrue();
        assertThat(job.id()).matches("[a-z0-9]{26}");
        assertThat(job.account()).isEqualTo("lan");
        assertThat(job.line()).isEqualTo(PICTURES);
        assertThat(job.state()).isEqualTo(State.QUEUED);
        assertThat(job.created()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(job.started()).isEmpty();
        assertThat(job.ended()).isEmpty();
        assertThat(List.of(job.done(), job.total(), job.failed())).containsExactly(0, 3, 0);
        assertThat(job.problem()).isEmpty();
        assertThat(job.resultBytes()).isEmpty();
        assertThat(store.find(job.id())).contains(job);
        assertThat(store.waiting()).isEqualTo(3);
    }

    @Test
    void whatWasAskedIsKept() throws Exception {
        JobOrder order = text("", Optional.of(key("k", "00")));
        String id = store.submit(order, files(1)).job().id();

        JobOrder kept = store.order(id).orElseThrow();

        assertThat(kept.account()).isEmpty();
        assertThat(kept.line()).isEqualTo(SPEECH);
        assertThat(kept.items()).isEqualTo(1);
        assertThat(kept.question()).isEqualTo(order.question());
        assertThat(kept.key()).isEqualTo(order.key());
    }

    @Test
    void filesAreLeftWhereTheyAreAndNotNeededAnyMore() throws Exception {
        List<Path> files = files(2);
        store.submit(batch("lan", 2), files);
        for (Path file : files) {
            assertThat(file).exists();
            Files.delete(file);
        }

        Task first = taken(PICTURES);
        Task second = taken(PICTURES);

        assertThat(Files.readString(store.file(first))).isEqualTo("file 0");
        assertThat(Files.readString(store.file(second))).isEqualTo("file 1");
    }

    @Test
    void anUnknownJobIsNowhere() throws Exception {
        for (String id : List.of("aaaaaaaaaaaaaaaaaaaaaaaaaa", "../x", "")) {
            assertThat(store.find(id)).isEmpty();
            assertThat(store.order(id)).isEmpty();
            assertThat(store.sound(id)).isEmpty();
            assertThat(store.ended(id, 0, 10)).isEmpty();
            assertThat(store.cancel(id)).isFalse();
            assertThat(store.remove(id)).isFalse();
        }
        assertThat(store.list(null, 10)).isEmpty();
        assertThat(store.forget(Instant.now())).isZero();
        assertThat(store.waiting()).isZero();
        assertThat(store.deadLetters()).isZero();
    }

    @Test
    void jobsAreListedTheLatestFirstAndByAccount() throws Exception {
        String first = store.submit(batch("lan", 1), files(1)).job().id();
        String second = store.submit(batch("minh", 1), files(1)).job().id();
        String third = store.submit(text("lan", Optional.empty()), files(1)).job().id();

        assertThat(store.list(null, 10)).extracting(Job::id).containsExactly(third, second, first);
        assertThat(store.list("lan", 10)).extracting(Job::id).containsExactly(third, first);
        assertThat(store.list(null, 1)).extracting(Job::id).containsExactly(third);
        assertThat(store.list("nobody", 10)).isEmpty();
    }

    @Test
    void aKnownKeyIsTheSameJobWhileItWaitsRunsAndIsOver() throws Exception {
        JobOrder order = batch("lan", 1, Optional.of(key("k", "00")));
        String id = store.submit(order, files(1)).job().id();

        assertKnown(order, id, State.QUEUED);
        Task task = taken(PICTURES);
        assertKnown(order, id, State.RUNNING);
        store.finish(task, answer("x"), 1);
        assertKnown(order, id, State.SUCCEEDED);
        assertThat(store.list(null, 10)).hasSize(1);
        assertThat(store.remove(id)).isTrue();

        assertThat(store.submit(order, files(1)).isNew()).isTrue();
    }

    private void assertKnown(JobOrder order, String id, State state) throws IOException {
        Accepted again = store.submit(order, files(1));
        assertThat(again.isNew()).isFalse();
        assertThat(again.job().id()).isEqualTo(id);
        assertThat(again.job().state()).isEqualTo(state);
    }

    @Test
    void aKeyForAnotherOrderIsRefusedAndBelongsToOneAccount() throws Exception {
        store.submit(batch("lan", 1, Optional.of(key("k", "00"))), files(1));

        assertRefused(
                store, batch("lan", 1, Optional.of(key("k", "01"))), JobException.Kind.KEY_REUSED);

        assertThat(store.submit(batch("minh", 1, Optional.of(key("k", "01"))), files(1)).isNew())
                .isTrue();
        assertThat(store.list(null, 10)).hasSize(2);
    }

    @Test
    void threadsThatSendTheSameOrderGetTheSameJob() throws Exception {
        JobOrder order = batch("lan", 2, Optional.of(key("k", "00")));
        List<Path> files = files(2);

        List<Accepted> all = together(8, () -> store.submit(order, files));

        assertThat(all).extracting(a -> a.job().id()).containsOnly(all.getFirst().job().id());
        assertThat(all).filteredOn(Accepted::isNew).hasSize(1);
        assertThat(store.list(null, 10)).hasSize(1);
        assertThat(store.waiting()).isEqualTo(2);
    }

    @Test
    void thereAreNoMoreJobsThanMayBe() throws Exception {
        JobStore small = server(2);
        JobOrder known = batch("lan", 1, Optional.of(key("k", "00")));
        String id = small.submit(known, files(1)).job().id();
        small.submit(text("lan", Optional.empty()), files(1));

        assertRefused(small, batch("lan", 1), JobException.Kind.FULL);
        assertThat(small.submit(known, files(1)).job().id()).isEqualTo(id);
        assertThat(small.list(null, 10)).hasSize(2);
        assertThat(small.waiting()).isEqualTo(2);

        assertThat(small.cancel(id)).isTrue();
        assertThat(small.submit(batch("lan", 1), files(1)).isNew()).isTrue();
    }

    @Test
    void itemsAreHandedOutTheOldestFirstAndByLine() throws Exception {
        String one = store.submit(batch("lan", 2), files(2)).job().id();
        String text = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        String two = store.submit(batch("minh", 1), files(1)).job().id();

        assertThat(store.take(Set.of(), AT_ONCE)).isEmpty();
        Line newer = new Line(Kind.PICTURES, "sklesion:int8", "ab13");
        assertThat(store.take(Set.of(newer), AT_ONCE)).isEmpty();
        Task first = taken(PICTURES);
        assertThat(List.of(first.job(), first.item(), first.delivery())).containsExactly(one, 0, 1);
        assertThat(first.order().question()).isEqualTo(batch("lan", 2).question());
        assertThat(taken(SPEECH).job()).isEqualTo(text);
        assertThat(store.take(ALL, SOON).orElseThrow().job()).isEqualTo(one);
        assertThat(store.take(ALL, SOON).orElseThrow().job()).isEqualTo(two);
        assertThat(store.take(ALL, AT_ONCE)).isEmpty();
        assertThat(store.waiting()).isZero();
        Job job = store.find(one).orElseThrow();
        assertThat(job.state()).isEqualTo(State.RUNNING);
        assertThat(job.started()).isPresent();
    }

    @Test
    void whoWaitsGetsWhatComes() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Task>> task =
                    threads.submit(() -> store.take(ALL, Duration.ofSeconds(20)));
            Thread.sleep(100);
            String id = store.submit(batch("lan", 1), files(1)).job().id();
            assertThat(task.get().orElseThrow().job()).isEqualTo(id);
        }
    }

    @Test
    void whatNobodyBringsIsNotWaitedForLonger() throws Exception {
        long start = System.nanoTime();
        assertThat(store.take(ALL, Duration.ofMillis(200))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(190), Duration.ofSeconds(10));
    }

    @Test
    void eachItemIsHandedOutOnceHoweverManyTake() throws Exception {
        for (int i = 0; i < 4; i++) {
            store.submit(batch("lan", 25), files(25));
        }
        ConcurrentLinkedQueue<String> taken = new ConcurrentLinkedQueue<>();

        together(
                6,
                () -> {
                    for (Optional<Task> task = store.take(ALL, AT_ONCE);
                            task.isPresent();
                            task = store.take(ALL, AT_ONCE)) {
                        taken.add(task.get().job() + task.get().item());
                        assertThat(store.finish(task.get(), answer("x"), 1)).isTrue();
                    }
                    return true;
                });

        assertThat(taken).hasSize(100).doesNotHaveDuplicates();
        assertThat(store.list(null, 10))
                .allSatisfy(
                        job -> {
                            assertThat(job.state()).isEqualTo(State.SUCCEEDED);
                            assertThat(job.done()).isEqualTo(25);
                            assertThat(job.workMillis()).isEqualTo(25);
                        });
    }

    @Test
    void aBatchIsOverWithItsLastPictureAndEachHasItsOwnOutcome() throws Exception {
        String id = store.submit(batch("lan", 3), files(3)).job().id();
        Task first = taken(PICTURES);
        Task second = taken(PICTURES);

        assertThat(store.finish(second, new Outcome.Failed(BROKEN), 30)).isTrue();
        assertThat(store.finish(first, answer("one"), 20)).isTrue();
        Job running = store.find(id).orElseThrow();
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(List.of(running.done(), running.total(), running.failed()))
                .containsExactly(2, 3, 1);
        assertThat(running.workMillis()).isEqualTo(50);
        assertThat(store.finish(taken(PICTURES), answer("three"), 10)).isTrue();

        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.SUCCEEDED);
        assertThat(List.of(job.done(), job.total(), job.failed())).containsExactly(3, 3, 1);
        assertThat(job.ended()).isPresent();
        assertThat(job.problem()).isEmpty();
        assertThat(said(store.ended(id, 0, 10)))
                .containsExactly("0 one", "1 bad_picture it is no picture", "2 three");
        assertThat(said(store.ended(id, 0, 2))).hasSize(2);
        assertThat(said(store.ended(id, 2, 2))).containsExactly("2 three");
        assertThat(store.ended(id, 3, 2)).isEmpty();
        assertThat(store.sound(id)).isEmpty();
    }

    @Test
    void whatEndedIsThereWhileTheRestIsNot() throws Exception {
        String id = store.submit(batch("lan", 3), files(3)).job().id();
        taken(PICTURES);
        store.finish(taken(PICTURES), answer("two"), 1);
        assertThat(said(store.ended(id, 0, 10))).containsExactly("1 two");
    }

    @Test
    void anAnswerMayBeAsLargeAsIsAllowed() throws Exception {
        String id = store.submit(batch("lan", 1), files(1)).job().id();
        byte[] large = new byte[Outcome.ANSWER_BYTES_MAX];
        Arrays.fill(large, (byte) 'x');
        store.finish(taken(PICTURES), new Outcome.Answered(large), 1);
        assertThat(store.ended(id, 0, 1).getFirst().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Answered.class, a -> assertThat(a.json()).isEqualTo(large));
    }

    @Test
    void aTextBecomesASound() throws Exception {
        String id = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        Task task = taken(SPEECH);
        assertThat(store.find(id).orElseThrow().total()).isZero();
        assertThat(store.progress(task, 1, 2, 700)).isEqualTo(Standing.WANTED);
        Job half = store.find(id).orElseThrow();
        assertThat(List.of(half.done(), half.total())).containsExactly(1, 2);
        store.progress(task, 2, 2, 500);
        assertThat(store.sound(id)).isEmpty();
        Path made = Files.writeString(store.workspace(task).resolve("s.mp3"), "a sound");

        assertThat(store.finish(task, new Outcome.Made(made, "audio/mpeg", "book.mp3"), 100))
                .isTrue();

        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.SUCCEEDED);
        assertThat(job.workMillis()).isEqualTo(1300);
        assertThat(job.resultBytes()).hasValue(7);
        assertThat(List.of(job.done(), job.total(), job.failed())).containsExactly(2, 2, 0);
        Sound sound = store.sound(id).orElseThrow();
        try (InputStream in = sound.in()) {
            assertThat(in).hasContent("a sound");
        }
        assertThat(sound.bytes()).isEqualTo(7);
        assertThat(sound.type()).isEqualTo("audio/mpeg");
        assertThat(sound.name()).isEqualTo("book.mp3");
        assertThat(store.ended(id, 0, 10)).isEmpty();
    }

    @Test
    void aTextThatFailsFailsItsJob() throws Exception {
        String id = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        assertThat(store.finish(taken(SPEECH), new Outcome.Failed(BROKEN), 5)).isTrue();
        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.FAILED);
        assertThat(job.problem()).contains(BROKEN);
        assertThat(job.ended()).isPresent();
        assertThat(store.sound(id)).isEmpty();
    }

    @Test
    void theFirstOutcomeCountsAndALaterOneIsRefused() throws Exception {
        String id = store.submit(batch("lan", 1), files(1)).job().id();
        Task task = taken(PICTURES);
        assertThat(store.finish(task, answer("first"), 1)).isTrue();
        assertThat(store.finish(task, answer("second"), 1)).isFalse();
        assertThat(store.standing(task)).isEqualTo(Standing.LOST);
        assertThat(store.progress(task, 1, 1, 1)).isEqualTo(Standing.LOST);
        store.giveBack(task, true);
        assertThat(said(store.ended(id, 0, 10))).containsExactly("0 first");
        assertThat(store.find(id).orElseThrow().done()).isEqualTo(1);
        assertThat(store.find(id).orElseThrow().workMillis()).isEqualTo(1);
        assertThat(store.take(ALL, AT_ONCE)).isEmpty();
    }

    @Test
    void whoGaveItBackHasItNoMore() throws Exception {
        String id = store.submit(batch("lan", 2), files(2)).job().id();
        Task old = taken(PICTURES);
        store.giveBack(old, false);
        assertThat(store.waiting()).isEqualTo(2);

        Task again = taken(PICTURES);

        assertThat(List.of(again.job(), again.item(), again.delivery())).containsExactly(id, 0, 1);
        assertThat(store.standing(old)).isEqualTo(Standing.LOST);
        assertThat(store.finish(old, answer("late"), 1)).isFalse();
        store.giveBack(old, false);
        assertThat(store.standing(again)).isEqualTo(Standing.WANTED);
        assertThat(store.finish(again, answer("x"), 1)).isTrue();
    }

    @Test
    void whatIsGivenBackTooOftenEndsAsGaveUp() throws Exception {
        String id = store.submit(batch("lan", 2), files(2)).job().id();
        for (int i = 1; i <= JobStore.DELIVERIES_MAX; i++) {
            Task task = taken(PICTURES);
            assertThat(List.of(task.item(), task.delivery())).containsExactly(0, i);
            store.giveBack(task, true);
        }
        assertThat(taken(PICTURES).item()).isEqualTo(1);
        assertThat(store.take(ALL, AT_ONCE)).isEmpty();
        assertThat(store.deadLetters()).isEqualTo(1);
        assertThat(said(store.ended(id, 0, 1)).getFirst()).startsWith("0 gave_up ");
        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.RUNNING);
        assertThat(List.of(job.done(), job.failed())).containsExactly(1, 1);
    }

    @Test
    void aTextThatIsGivenUpFailsItsJob() throws Exception {
        String id = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        for (int i = 1; i <= JobStore.DELIVERIES_MAX; i++) {
            store.giveBack(taken(SPEECH), true);
        }
        assertThat(store.take(ALL, AT_ONCE)).isEmpty();
        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.FAILED);
        assertThat(job.problem().orElseThrow().code()).isEqualTo(Problem.GAVE_UP);
        assertThat(store.deadLetters()).isEqualTo(1);
        assertThat(store.remove(id)).isTrue();
        assertThat(store.deadLetters()).isEqualTo(1);
    }

    @Test
    void whatMovesForwardIsNotGivenUp() throws Exception {
        store.submit(text("lan", Optional.empty()), files(1));
        for (int i = 1; i <= 2 * JobStore.DELIVERIES_MAX; i++) {
            Task task = taken(SPEECH);
            assertThat(task.delivery()).isLessThanOrEqualTo(2);
            store.progress(task, i, 100, 1);
            store.giveBack(task, true);
        }
        assertThat(store.deadLetters()).isZero();
    }

    @Test
    void whatIsGivenBackUncountedIsNeverGivenUp() throws Exception {
        store.submit(batch("lan", 1), files(1));
        for (int i = 1; i <= 2 * JobStore.DELIVERIES_MAX; i++) {
            Task task = taken(PICTURES);
            assertThat(task.delivery()).isEqualTo(1);
            store.giveBack(task, false);
        }
    }

    @Test
    void aCancelledJobIsOverAndWhoWorksOnItLearnsSo() throws Exception {
        String id = store.submit(batch("lan", 3), files(3)).job().id();
        Task done = taken(PICTURES);
        store.finish(done, answer("x"), 1);
        Task task = taken(PICTURES);
        assertThat(store.standing(task)).isEqualTo(Standing.WANTED);

        assertThat(store.cancel(id)).isTrue();

        assertThat(store.cancel(id)).isFalse();
        Job job = store.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(job.ended()).isPresent();
        assertThat(store.standing(task)).isEqualTo(Standing.CANCELLED);
        assertThat(store.progress(task, 1, 1, 1)).isEqualTo(Standing.CANCELLED);
        assertThat(store.finish(task, answer("late"), 1)).isFalse();
        store.giveBack(task, true);
        assertThat(store.take(ALL, AT_ONCE)).isEmpty();
        assertThat(store.waiting()).isZero();
        assertThat(said(store.ended(id, 0, 10))).containsExactly("0 x");
        assertThat(store.find(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aSoundThatIsCancelledInMidWorkNeverComes() throws Exception {
        String id = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        Task task = taken(SPEECH);
        Path made = Files.writeString(store.workspace(task).resolve("s.wav"), "a sound");
        store.cancel(id);
        assertThat(store.finish(task, new Outcome.Made(made, "audio/wav", "s.wav"), 1)).isFalse();
        assertThat(store.sound(id)).isEmpty();
        assertThat(store.find(id).orElseThrow().resultBytes()).isEmpty();
    }

    @Test
    void whatIsOverCannotBeCancelledAndWhatIsNotCannotBeRemoved() throws Exception {
        String id = store.submit(batch("lan", 1), files(1)).job().id();
        assertThat(store.remove(id)).isFalse();
        Task task = taken(PICTURES);
        assertThat(store.remove(id)).isFalse();
        store.finish(task, answer("x"), 1);
        assertThat(store.cancel(id)).isFalse();

        assertThat(store.remove(id)).isTrue();

        assertThat(store.find(id)).isEmpty();
        assertThat(store.order(id)).isEmpty();
        assertThat(store.ended(id, 0, 10)).isEmpty();
        assertThat(store.list(null, 10)).isEmpty();
        assertThat(store.remove(id)).isFalse();
        assertThat(store.standing(task)).isEqualTo(Standing.LOST);
    }

    @Test
    void jobsThatEndedBeforeATimeAreForgotten() throws Exception {
        String old = store.submit(batch("lan", 1), files(1)).job().id();
        store.finish(taken(PICTURES), answer("x"), 1);
        String sound = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        Task task = taken(SPEECH);
        Path made = Files.writeString(store.workspace(task).resolve("s"), "a sound");
        store.finish(task, new Outcome.Made(made, "audio/wav", "s.wav"), 1);
        String open = store.submit(batch("lan", 1), files(1)).job().id();

        Instant ended = store.find(old).orElseThrow().ended().orElseThrow();
        assertThat(store.forget(ended)).isZero();
        assertThat(store.forget(Instant.now().plusSeconds(60))).isEqualTo(2);

        assertThat(store.find(old)).isEmpty();
        assertThat(store.sound(sound)).isEmpty();
        assertThat(store.list(null, 10)).extracting(Job::id).containsExactly(open);
        assertThat(taken(PICTURES).job()).isEqualTo(open);
    }

    @Test
    void everythingSurvivesAServerThatIsKilled() throws Exception {
        String batch = store.submit(batch("lan", 3), files(3)).job().id();
        store.finish(taken(PICTURES), answer("one"), 20);
        Task out = taken(PICTURES);
        String text = store.submit(text("minh", Optional.of(key("k", "00"))), files(1)).job().id();
        Task spoken = taken(SPEECH);
        Files.writeString(store.workspace(spoken).resolve("chunk"), "samples");
        store.progress(spoken, 1, 4, 900);
        kill(store);

        store = server(1000);

        assertThat(store.list(null, 10)).extracting(Job::id).containsExactly(text, batch);
        assertThat(said(store.ended(batch, 0, 10))).containsExactly("0 one");
        assertThat(store.find(text).orElseThrow().done()).isEqualTo(1);
        assertThat(store.submit(text("minh", Optional.of(key("k", "00"))), files(1)).isNew())
                .isFalse();
        Task again = store.take(Set.of(SPEECH), afterDeath()).orElseThrow();
        assertThat(again.job()).isEqualTo(text);
        assertThat(store.workspace(again).resolve("chunk")).hasContent("samples");
        assertThat(store.file(again)).hasContent("file 0");
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Task task = store.take(Set.of(PICTURES), afterDeath()).orElseThrow();
            items.add(task.item());
            assertThat(store.file(task)).hasContent("file " + task.item());
            assertThat(store.finish(task, answer("again"), 1)).isTrue();
        }
        assertThat(items).containsExactlyInAnyOrder(1, 2);
        assertThat(store.finish(out, answer("late"), 1)).isFalse();
        assertThat(store.find(batch).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void whatKillsItsServerIsGivenUp() throws Exception {
        String id = store.submit(batch("lan", 1), files(1)).job().id();
        for (int i = 1; i <= JobStore.DELIVERIES_MAX; i++) {
            Task task = store.take(ALL, afterDeath()).orElseThrow();
            assertThat(task.delivery()).isEqualTo(i);
            kill(store);
            store = server(1000);
        }
        assertThat(store.take(ALL, afterDeath())).isEmpty();
        assertThat(said(store.ended(id, 0, 1)).getFirst()).startsWith("0 gave_up ");
        assertThat(store.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(store.deadLetters()).isEqualTo(1);
    }

    @Test
    void whatOneServerTakesInAnotherHandsOut() throws Exception {
        assertThat(store.submit(batch("lan", 1), files(1)).isNew()).isTrue();
        Task first = taken(PICTURES);
        JobStore other = server(1000);
        String id = other.submit(batch("lan", 1), files(1)).job().id();

        Task task = store.take(ALL, SOON).orElseThrow();

        assertThat(task.job()).isEqualTo(id);
        assertThat(store.file(task)).hasContent("file 0");
        assertThat(other.find(id).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(other.cancel(id)).isTrue();
        assertThat(store.standing(task)).isEqualTo(Standing.CANCELLED);
        store.finish(first, answer("x"), 1);
        assertThat(said(other.ended(first.job(), 0, 10))).containsExactly("0 x");
        assertThat(other.remove(id)).isTrue();
        assertThat(store.find(id)).isEmpty();
    }

    private Task taken(Line line) throws InterruptedException {
        return store.take(Set.of(line), SOON).orElseThrow();
    }

    private List<Path> files(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = Files.createTempDirectory(uploads, "upload");
        for (int i = 0; i < count; i++) {
            files.add(Files.writeString(folder.resolve("upload-" + i), "file " + i));
        }
        return files;
    }

    private static JobOrder batch(String account, int items) {
        return batch(account, items, Optional.empty());
    }

    private static JobOrder batch(String account, int items, Optional<IdempotencyKey> key) {
        byte[] question = "{\"pictures\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        return new JobOrder(account, PICTURES, items, question, key);
    }

    private static JobOrder text(String account, Optional<IdempotencyKey> key) {
        byte[] question = "{\"voice\":\"Lan Nữ\"}".getBytes(StandardCharsets.UTF_8);
        return new JobOrder(account, SPEECH, 1, question, key);
    }

    private static IdempotencyKey key(String text, String sha256) {
        return new IdempotencyKey(text, sha256.repeat(32));
    }

    private static Outcome answer(String text) {
        return new Outcome.Answered(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> said(List<Ended> ended) {
        return ended.stream().map(JobStoreContract::said).toList();
    }

    private static String said(Ended ended) {
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

    private void assertRefused(JobStore by, JobOrder order, JobException.Kind kind) {
        assertThatThrownBy(() -> by.submit(order, files(order.items())))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> all = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, work))) {
                all.add(future.get());
            }
            return all;
        }
    }
}
