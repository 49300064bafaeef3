package dev.snug.speech.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.Compat;
import dev.snug.speech.SamplingWish;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** Networks that stay loaded. The oracle is the same plan with each loaded for its time. */
class KeptStagesTest {
    private static final long AMPLE_BYTES = 4096L << 20;
    private static final int CORES = 2;
    private static final SpeechWish OPEN = SpeechWish.open(Models.REFERENCE_SAMPLES, CORES);

    @TempDir private static Path folder;
    private static Models models;

    @BeforeAll
    static void install() throws IOException {
        models = Models.in(folder);
    }

    private static Plan<SpeechChoice> plan(
            Bundle bundle, SpeechWish wish, Prefer prefer, long bytes) {
        return Planner.plan(Models.workload(bundle, wish), prefer, bytes);
    }

    @Test
    void networksOfASmallModelAreKeptWhereThereIsRoomAndItIsNamedWhatTheyTake() {
        SpeechWorkload workload = Models.workload(models.aligned(), OPEN);
        SpeechChoice kept =
                Planner.plan(workload, Prefer.BALANCED, AMPLE_BYTES).settings().withKept(true);
        SpeechChoice swapped = kept.withKept(false);

        assertThat(plan(models.aligned(), OPEN, Prefer.BALANCED, AMPLE_BYTES).settings())
                .isEqualTo(kept);
        assertThat(workload.cost(kept).seconds())
                .isLessThanOrEqualTo(workload.cost(swapped).seconds());
        assertThat(workload.cost(kept).heapBytes())
                .isGreaterThan(workload.cost(swapped).heapBytes());
        for (int at = 0; at < workload.cost(swapped).demands().size(); at++) {
            assertThat(workload.cost(kept).demands().get(at).staysBytes())
                    .isGreaterThan(workload.cost(swapped).demands().get(at).staysBytes());
        }
        long smallest = plan(models.aligned(), OPEN, Prefer.BALANCED, 0).smallestBudgetBytes();
        assertThat(plan(models.aligned(), OPEN, Prefer.BALANCED, smallest).settings().isKept())
                .isFalse();
    }

    @Test
    void whatOpensEachGraphForEachChunkIsNotAskedToKeepIt() {
        EngineWish engine = EngineWish.open(CORES);
        EngineWish keeping =
                new EngineWish(
                        engine.threads(),
                        engine.weightsMapped(),
                        engine.arena(),
                        engine.optimization(),
                        Optional.of(true),
                        engine.rest(),
                        CORES);
        SpeechWish wish =
                new SpeechWish(
                        OptionalDouble.empty(),
                        SamplingWish.DEFAULT,
                        Compat.NONE,
                        keeping,
                        Models.REFERENCE_SAMPLES,
                        Chunking.ofUnknownText(Models.REFERENCE_SAMPLES));

        assertThatThrownBy(() -> plan(models.cut(), wish, Prefer.BALANCED, AMPLE_BYTES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--stages kept");
        assertThat(plan(models.f5(), wish, Prefer.QUALITY, AMPLE_BYTES).settings().isKept())
                .isTrue();
    }
}
