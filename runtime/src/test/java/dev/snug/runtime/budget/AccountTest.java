package dev.snug.runtime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** The oracle is bookkeeping by hand: what was reserved less what was given back. */
final class AccountTest {
    private static final long MIB = 1 << 20;

    private final Account memory = Account.root("memory", new Limit(512 * MIB, "--memory"));

    @Test
    void aReservationIsChargedToEveryAccountAroundItAndGivenBackToEach() {
        Account audio = memory.child("heap", new Limit(224 * MIB, "-Xmx")).child("audio");
        Reservation chunk = audio.reserve("chunk 1", 50 * MIB);
        assertThat(used()).containsExactly(50 * MIB, 50 * MIB, 50 * MIB);
        chunk.growBy(10 * MIB);
        chunk.shrinkTo(20 * MIB);
        assertThat(used()).containsExactly(20 * MIB, 20 * MIB, 20 * MIB);
        assertThat(chunk.bytes()).isEqualTo(20 * MIB);
        chunk.close();
        chunk.close();
        assertThat(used()).containsExactly(0L, 0L, 0L);
        assertThat(audio.state().peakBytes()).isEqualTo(60 * MIB);
        assertThat(audio.state().availableBytes()).as("of the heap").isEqualTo(224 * MIB);
        memory.close();
    }

    @Test
    void aRefusalSaysWhatWhereLimitAskedHoldersWhatFitsAndWhatToDo() {
        memory.child("flow").reserve("weights", 388 * MIB);
        memory.child("voice").reserve("reference", 83 * MIB);
        AccountState before = memory.state();
        Account vocoder = memory.child("speech").child("vocoder");
        assertThatExceptionOfType(BudgetException.class)
                .isThrownBy(() -> vocoder.reserve("spectra", 96 * MIB))
                .withMessage(
                        "memory/speech/vocoder: spectra needs 96 MiB; 41 MiB free of 512 MiB of"
                                + " memory (memory/flow weights: 388 MiB; memory/voice reference:"
                                + " 83 MiB). At most 41 MiB fit: ask for less, or raise --memory to"
                                + " 567MiB.")
                .extracting(BudgetException::refusal)
                .isEqualTo(
                        new Refusal(
                                "memory/speech/vocoder",
                                "spectra",
                                96 * MIB,
                                41 * MIB,
                                "memory",
                                new Limit(512 * MIB, "--memory"),
                                Optional.empty(),
                                List.of(
                                        new Holder("memory/flow", "weights", 388 * MIB),
                                        new Holder("memory/voice", "reference", 83 * MIB))));
        assertThat(memory.state().usedBytes()).isEqualTo(before.usedBytes());
        assertThat(vocoder.reserve("spectra", 41 * MIB).bytes()).as("what fits").isPositive();
        assertThat(memory.state().availableBytes()).isZero();
        assertThatThrownBy(() -> vocoder.reserve("a byte", 1)).hasMessageContaining("Nothing more");
    }

    @Test
    void theTightestAccountIsTheOneThatIsNamed() {
        Account heap = memory.child("heap", new Limit(100 * MIB, "-Xmx"));
        memory.child("weights").reserve("velocity", 450 * MIB);
        assertThatThrownBy(() -> heap.reserve("picture", 80 * MIB))
                .hasMessageContaining("62 MiB free of 512 MiB of memory ")
                .hasMessageContaining("raise --memory to 530MiB");
        assertThatThrownBy(() -> memory.child("x").reserve("all", Long.MAX_VALUE))
                .as("a sum that no long holds")
                .isInstanceOf(BudgetException.class)
                .hasMessageEndingWith("At most 62 MiB fit: ask for less.");
        memory.child("cache").reserve("kept", 1);
        heap.reserve("picture", 60 * MIB);
        assertThat(heap.tryReserve("another", 3 * MIB)).isEmpty();
        assertThat(heap.state().availableBytes()).isEqualTo(2 * MIB - 1);
    }

    @Test
    void whatIsSetAsideIsChargedAtOnceAndNotAgain() {
        Account heap = memory.setAside("heap", new Limit(200 * MIB, "-Xmx"));
        heap.reserve("picture", 150 * MIB);
        assertThat(memory.state().usedBytes()).isEqualTo(200 * MIB);
        assertThat(heap.state().availableBytes()).isEqualTo(50 * MIB);
        memory.reserve("the rest", 312 * MIB);
        heap.reserve("picture", 50 * MIB);
        assertThatThrownBy(() -> heap.child("audio").reserve("sound", MIB))
                .hasMessageContaining(
                        "free of 200 MiB of memory/heap (memory/heap picture: 200 MiB");
        assertThatThrownBy(() -> memory.reserve("more", MIB))
                .hasMessageContaining("memory/heap as a whole: 200 MiB");
        assertThatThrownBy(() -> memory.setAside("device", new Limit(MIB, "nothing")))
                .isInstanceOf(BudgetException.class);
        assertThat(memory.state().children()).hasSize(1);
        assertThatThrownBy(heap::close).isInstanceOf(LedgerException.class);
        assertThat(memory.state().usedBytes()).as("given back").isEqualTo(312 * MIB);
    }

    @Test
    void closingWithOpenReservationsNamesThemAndGivesTheBytesBack() {
        Account job = memory.child("job");
        Reservation lost = job.child("audio").reserve("chunk", 30 * MIB);
        job.child("text").reserve("tokens", 0);
        Reservation other = memory.reserve("other", MIB);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(job::close)
                .withMessageContaining("memory/job was closed while 30 MiB were still reserved")
                .withMessageContaining("memory/job/audio chunk: 30 MiB; memory/job/text tokens")
                .satisfies(e -> assertThat(e.leakedBytes()).isEqualTo(30 * MIB))
                .extracting(LedgerException::leaks)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(memory.state().usedBytes()).isEqualTo(MIB);
        lost.close();
        assertThat(memory.state().usedBytes()).as("never given back twice").isEqualTo(MIB);
        assertThat(lost.bytes()).isZero();
        assertThatThrownBy(() -> lost.growBy(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> job.reserve("late", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> job.child("late")).isInstanceOf(IllegalStateException.class);
        job.close();
        memory.child("job").close();
        other.close();
        memory.close();
    }

    @Test
    void growthIsAllOrNothingAndMisuseChangesNothing() {
        Reservation held = memory.reserve("held", 500 * MIB);
        assertThat(held.tryGrowBy(13 * MIB)).isFalse();
        assertThatThrownBy(() -> held.growBy(13 * MIB)).isInstanceOf(BudgetException.class);
        assertThatThrownBy(() -> held.shrinkTo(501 * MIB))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> held.shrinkTo(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> held.growBy(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.reserve("x", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(memory.state().usedBytes()).isEqualTo(500 * MIB);
        assertThat(held.tryGrowBy(12 * MIB)).isTrue();
        assertThat(memory.state().usedBytes()).isEqualTo(512 * MIB);
    }

    @Test
    void namesAndDepthAreBounded() {
        memory.child("twice");
        assertThatThrownBy(() -> memory.child("twice")).hasMessageContaining("already");
        for (String name : List.of("", " ", "a/b", "n".repeat(Account.NAME_CHARS_MAX + 1))) {
            assertThatThrownBy(() -> memory.child(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Account deep = memory;
        for (int depth = 1; depth < Account.DEPTH_MAX; depth++) {
            deep = deep.child("deeper");
        }
        Account deepest = deep;
        assertThatThrownBy(() -> deepest.child("deeper")).hasMessageContaining("accounts deep");
        Reservation named = deepest.reserve("n".repeat(10_000), 1);
        assertThat(named.what()).hasSize(Account.WHAT_CHARS_MAX + 1);
    }

    @Test
    void aMessageNamesTheLargestHoldersAndAddsUpTheRest() {
        for (int i = 1; i <= 8; i++) {
            memory.reserve("part " + i, i * MIB);
            memory.reserve("part " + i, i * MIB);
        }
        assertThatThrownBy(() -> memory.reserve("too much", 512 * MIB))
                .hasMessageContaining("(memory part 8: 16 MiB; memory part 7: 14 MiB;")
                .hasMessageContaining("; 3 more: 12 MiB)");
    }

    private List<Long> used() {
        AccountState heap = memory.state().children().getFirst();
        return List.of(
                memory.state().usedBytes(),
                heap.usedBytes(),
                heap.children().getFirst().usedBytes());
    }
}
