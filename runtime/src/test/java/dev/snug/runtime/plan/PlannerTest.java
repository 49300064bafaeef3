package dev.snug.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.plan.Knob.Option;
import dev.snug.runtime.plan.Predicted.Part;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a plan chooses. The oracle is arithmetic on a job whose bytes are its settings' product. */
class PlannerTest {
    private static final long MIB = 1 << 20;

    /** What stays of a job of no bytes beside its heap. */
    private static final long FLOOR = Demand.FILES_STAY_BYTES + HeapShare.LEAST_BYTES;

    /** Chunks of so many MiB, computed by so many threads, each taking 1 MiB more. */
    private record Settings(int chunk, int threads) {}

    private record Job(List<Integer> chunks, List<Integer> threads, boolean isFixed)
            implements Workload<Settings> {
        @Override
        public Settings start() {
            return new Settings(0, 0);
        }

        @Override
        public List<Knob<Settings>> knobs(Prefer prefer) {
            return List.of(
                    knob("chunk", chunks, each -> old -> new Settings(each, old.threads())),
                    knob("threads", threads, each -> old -> new Settings(old.chunk(), each)));
        }

        private Knob<Settings> knob(
                String name,
                List<Integer> values,
                java.util.function.IntFunction<UnaryOperator<Settings>> in) {
            return new Knob<>(
                    name,
                    values.stream()
                            .map(each -> new Option<>("" + each, "why", in.apply(each)))
                            .toList(),
                    isFixed);
        }

        @Override
        public Cost cost(Settings settings) {
            Part part = new Part("all", (settings.chunk() + settings.threads()) * MIB, 0);
            Demand demand = new Demand("run", new Predicted(List.of(part)), 0);
            return new Cost(List.of(demand), MIB, 10.0 / settings.threads());
        }

        @Override
        public Optional<Cost> bound(Settings settings) {
            return settings.chunk() > 30
                    ? Optional.empty()
                    : Optional.of(new Cost(List.of(Demand.ample("run", 0, true)), MIB, 1));
        }
    }

    private static final Job OPEN = new Job(List.of(30, 20, 10), List.of(2, 1), false);

    private static Plan<Settings> plan(Job job, long bytesOverTheFloor) {
        return Planner.plan(job, Prefer.BALANCED, FLOOR + bytesOverTheFloor);
    }

    @Test
    void takesTheFirstOfAllWhereItFits() {
        assertThat(plan(OPEN, 32 * MIB).settings()).isEqualTo(new Settings(30, 2));
        assertThat(plan(OPEN, 32 * MIB).isFeasible()).isTrue();
    }

    @Test
    void givesUpTheLastKnobFirst() {
        assertThat(plan(OPEN, 32 * MIB - 1).settings()).isEqualTo(new Settings(30, 1));
        assertThat(plan(OPEN, 32 * MIB - 1).giveUp()).containsExactly("threads 1 instead of 2");
        assertThat(plan(OPEN, 30 * MIB).settings()).isEqualTo(new Settings(20, 2));
    }

    @Test
    void theSmallestBudgetIsExactlyWhereItBecomesFeasible() {
        long smallest = plan(OPEN, 0).smallestBudgetBytes();

        assertThat(smallest).isEqualTo(FLOOR + 11 * MIB);
        assertThat(Planner.plan(OPEN, Prefer.BALANCED, smallest).isFeasible()).isTrue();
        assertThat(Planner.plan(OPEN, Prefer.BALANCED, smallest - 1).isFeasible()).isFalse();
    }

    @Test
    void saysWhatToGiveUpWhereNothingFits() {
        Plan<Settings> plan = plan(OPEN, 0);

        assertThat(plan.isFeasible()).isFalse();
        assertThat(plan.giveUp())
                .containsExactly("chunk 10 instead of 30", "threads 1 instead of 2");
    }

    @Test
    void whatTheUserSetIsKeptOrRefused() {
        Job fixed = new Job(List.of(30), List.of(2), true);

        assertThat(plan(fixed, 32 * MIB).settings()).isEqualTo(new Settings(30, 2));
        assertThat(plan(fixed, 31 * MIB).isFeasible()).isFalse();
        assertThat(plan(fixed, 31 * MIB).giveUp()).isEmpty();
    }

    @Test
    void aChoiceSaysWhatItTakesAndWhatItsNeighbourWouldHave() {
        Plan.Choice chunk = plan(OPEN, 30 * MIB).choices().getFirst();

        assertThat(chunk.value()).isEqualTo("20");
        assertThat(chunk.bytes()).isEqualTo(10 * MIB);
        assertThat(chunk.reason()).isEqualTo("why; 30 instead: +10 MiB, +0.0 CPU s");
    }

    @Test
    void whereThereIsRoomForMoreThanTheJobCanTakeNothingIsWeighed() {
        long ample = Demand.ample("run", 0, true).staysBytes() + HeapShare.MOST_BYTES;

        Plan<Settings> plan = Planner.ample(OPEN, Prefer.BALANCED, ample).orElseThrow();

        assertThat(plan.settings()).isEqualTo(new Settings(30, 2));
        assertThat(plan.isFeasible() && plan.isBound()).isTrue();
        assertThat(plan.cost().largest().staysBytes())
                .isGreaterThan(OPEN.cost(plan.settings()).largest().staysBytes());
        assertThat(Planner.ample(OPEN, Prefer.BALANCED, ample - 1)).isEmpty();
        Job large = new Job(List.of(31), List.of(1), false);
        assertThat(Planner.ample(large, Prefer.BALANCED, 2 * ample)).isEmpty();
    }

    @Test
    void equalQuestionsGetEqualAnswers() {
        assertThat(plan(OPEN, 30 * MIB)).isEqualTo(plan(OPEN, 30 * MIB));
    }

    @Test
    void aLargerLimitNeverPlansLess() {
        int before = 0;
        for (long mib = 0; mib <= 40; mib++) {
            Plan<Settings> plan = plan(OPEN, mib * MIB);
            int rank =
                    plan.isFeasible()
                            ? plan.settings().chunk() * 10 + plan.settings().threads()
                            : 0;
            assertThat(rank).as("%d MiB", mib).isGreaterThanOrEqualTo(before);
            before = rank;
        }
    }

    @Test
    void aFixedKnobHasOneOption() {
        List<Option<Settings>> two =
                List.of(new Option<>("1", "", each -> each), new Option<>("2", "", each -> each));
        assertThatThrownBy(() -> new Knob<>("threads", two, true))
                .hasMessage("threads is fixed and has several options");
    }
}
