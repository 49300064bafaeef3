package dev.snug.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.limit.Observation;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Knob.Option;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Workload;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Plans of one process. The oracle is a job whose chunks take as many MiB as their number. */
final class MemoryBudgetTest {
    private static final long MIB = 1 << 20;
    private static final MemoryLimit LIMIT =
            new MemoryLimit(300 * MIB, MemoryLimit.Origin.ASKED, "a test says so");

    private record Job(List<Integer> chunks) implements Workload<Integer> {
        @Override
        public Integer start() {
            return 0;
        }

        @Override
        public List<Knob<Integer>> knobs(Prefer prefer) {
            return List.of(
                    new Knob<>(
                            "chunk",
                            chunks.stream()
                                    .map(each -> new Option<Integer>("" + each, "why", _ -> each))
                                    .toList(),
                            false));
        }

        @Override
        public Cost cost(Integer chunk) {
            Part all = new Part("all", chunk * MIB, 0);
            return new Cost(List.of(new Demand("run", new Predicted(List.of(all)), 0)), MIB, chunk);
        }

        @Override
        public Optional<Cost> bound(Integer chunk) {
            return Optional.empty();
        }
    }

    private static Observation room(long mebibytes) {
        return new Observation(
                0, OptionalLong.of(mebibytes * MIB), List.of(), OptionalLong.empty());
    }

    private static Plan<Integer> plan(Job job, Observation seen) {
        return MemoryBudget.plan("voice", job, Prefer.BALANCED, LIMIT, seen);
    }

    @Test
    void aNeighbourThatTakesRoomMakesTheNextJobSmaller() {
        Job job = new Job(List.of(100, 40));

        assertThat(plan(job, room(1000)).settings()).isEqualTo(100);
        assertThat(plan(job, room(150)).settings()).isEqualTo(40);
        assertThat(plan(job, room(150)).limitBytes()).isEqualTo(150 * MIB);
    }

    @Test
    void whatCannotGoSmallerRunsWithinTheLimitAllTheSame() {
        Plan<Integer> plan = plan(new Job(List.of(100)), room(150));

        assertThat(plan.settings()).isEqualTo(100);
        assertThat(plan.limitBytes()).isEqualTo(LIMIT.bytes());
    }

    @Test
    void whatDoesNotFitSaysWhatWould() {
        assertThatThrownBy(() -> plan(new Job(List.of(500, 400)), room(1000)))
                .isInstanceOf(DoesNotFitException.class)
                .hasMessageContaining("voice does not fit 300 MiB (a test says so)")
                .hasMessageContaining("with chunk 400 instead of 500")
                .hasMessageContaining("snug plan voice --memory 300MiB");
    }
}
