package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobStore.Accepted;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How orders become jobs. */
abstract class JobIntakeContract extends JobStoreState {
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
}
