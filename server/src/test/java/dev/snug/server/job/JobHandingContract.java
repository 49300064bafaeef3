package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobStore.Standing;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How items are handed out, come back and are given up. */
abstract class JobHandingContract extends JobIntakeContract {
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
    void whoGaveItBackHasItNoMore() throws Exception {
        String id = store.submit(batch("lan", 2), files(2)).job().id();
        Task old = taken(PICTURES);
        store.giveBack(old, false);
        assertThat(store.waiting()).isEqualTo(2);

        assertThat(taken(PICTURES).item()).as("it went to the end of its line").isEqualTo(1);
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
        Task poison = taken(PICTURES);
        taken(PICTURES);
        for (int i = 1; i < JobStore.DELIVERIES_MAX; i++) {
            store.giveBack(poison, true);
            poison = taken(PICTURES);
            assertThat(List.of(poison.item(), poison.delivery())).containsExactly(0, i + 1);
        }
        store.giveBack(poison, true);
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
    void whatIsGivenBackLetsOthersHaveTheirTurn() throws Exception {
        String first = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        String second = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        for (String turn : List.of(first, second, first, second)) {
            Task task = taken(SPEECH);
            assertThat(task.job()).isEqualTo(turn);
            store.giveBack(task, false);
        }
        String third = store.submit(text("lan", Optional.empty()), files(1)).job().id();
        for (String turn : List.of(first, second, third)) {
            assertThat(taken(SPEECH).job()).isEqualTo(turn);
        }
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
}
