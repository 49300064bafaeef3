package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobStore.Standing;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@link JobStore} says, sentence by sentence, of whatever implements it. */
public abstract class JobStoreContract extends JobEndingContract {
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
}
