package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobStore.Sound;
import dev.snug.server.job.JobStore.Standing;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How items and jobs end. */
abstract class JobEndingContract extends JobHandingContract {
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
}
