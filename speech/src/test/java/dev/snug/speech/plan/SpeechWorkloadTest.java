package dev.snug.speech.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.OnnxException;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.Compat;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.TextException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Plans over the shipped voice and the golden models. The oracle is what the plan promises: an
 * order among settings, what was asked, and a smallest budget; that a process stays below what is
 * predicted is measured (docs/decisions/0019-planner.md).
 */
class SpeechWorkloadTest {
    private static final long AMPLE_BYTES = 4096L << 20;
    private static final int CORES = 2;

    @TempDir private static Path folder;
    private static Models models;

    @BeforeAll
    static void install() throws IOException {
        models = Models.in(folder);
    }

    private static SpeechWish open() {
        return SpeechWish.open(Models.REFERENCE_SAMPLES, CORES);
    }

    private static SpeechWish of(SamplingWish sampling, EngineWish engine, OptionalDouble seconds) {
        return new SpeechWish(
                seconds,
                sampling,
                Compat.NONE,
                engine,
                Models.REFERENCE_SAMPLES,
                Chunking.ofUnknownText(Models.REFERENCE_SAMPLES));
    }

    private static SpeechWish steps(int count, Schedule.Kind kind) {
        OptionalInt steps = OptionalInt.of(count);
        return of(
                new SamplingWish(steps, Optional.of(kind), Optional.empty(), GuidanceSteps.ALL),
                EngineWish.open(CORES),
                OptionalDouble.empty());
    }

    private static Plan<SpeechChoice> plan(
            Bundle bundle, SpeechWish wish, Prefer prefer, long bytes) {
        return Planner.plan(Models.workload(bundle, wish), prefer, bytes);
    }

    private static Cost cost(Bundle bundle, SpeechWish wish) {
        SpeechWorkload workload = Models.workload(bundle, wish);
        return workload.cost(workload.start());
    }

    private static List<String> stages(Bundle bundle, SpeechWish wish) {
        return cost(bundle, wish).demands().stream().map(Demand::stage).toList();
    }

    @Test
    void everyStageOfEveryFamilyHasAPrediction() {
        assertThat(stages(models.aligned(), open()))
                .containsExactly("durations", "text", "velocity", "vocoder");
        assertThat(stages(models.f5(), open())).containsExactly("text", "velocity", "vocoder");
        assertThat(stages(models.cut(), open()))
                .containsExactly("mel", "text", "velocity", "vocoder");
        assertThat(stages(models.whole(), open()))
                .containsExactly("mel", "text", "velocity", "vocoder");
    }

    @Test
    void timesThatNoTableHasAreMadeByAGraphAndBesideTheVelocityWhereTheyAreMany() {
        SpeechWish few = steps(11, Schedule.Kind.UNIFORM);
        SpeechWish many = steps(20, Schedule.Kind.UNIFORM);

        assertThat(stages(models.aligned(), few)).contains("steps");
        assertThat(demand(models.aligned(), few, "steps").staysBytes())
                .isLessThan(demand(models.aligned(), few, "velocity").staysBytes());
        assertThat(demand(models.aligned(), many, "steps").staysBytes())
                .isGreaterThan(demand(models.aligned(), many, "velocity").staysBytes());
    }

    private static Demand demand(Bundle bundle, SpeechWish wish, String stage) {
        return cost(bundle, wish).demands().stream()
                .filter(demand -> demand.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void longerChunksAndMoreThreadsNeverTakeLess() {
        for (Bundle bundle : List.of(models.aligned(), models.f5(), models.cut(), models.whole())) {
            SpeechWorkload workload = Models.workload(bundle, open());
            SpeechChoice choice = workload.start();
            Cost shorter = workload.cost(choice.withChunkSeconds(4));
            for (double seconds : List.of(5.0, 7.5, 8.0, 15.0)) {
                Cost longer = workload.cost(choice.withChunkSeconds(seconds));
                for (int at = 0; at < longer.demands().size(); at++) {
                    assertThat(longer.demands().get(at).staysBytes())
                            .as("%s of %s s", longer.demands().get(at).stage(), seconds)
                            .isGreaterThanOrEqualTo(shorter.demands().get(at).staysBytes());
                }
                assertThat(longer.heapBytes()).isGreaterThan(shorter.heapBytes());
                shorter = longer;
            }
            SessionSettings four = choice.session().withThreads(4);
            assertThat(workload.cost(choice.withSession(four)).largest().staysBytes())
                    .isGreaterThan(workload.cost(choice).largest().staysBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Prefer.class,
            names = {"QUALITY", "BALANCED"})
    void theModelsOwnIsTakenWhereTimeIsNotAllThatCounts(Prefer prefer) {
        SpeechChoice cut = plan(models.cut(), open(), prefer, AMPLE_BYTES).settings();
        SpeechChoice aligned = plan(models.aligned(), open(), prefer, AMPLE_BYTES).settings();

        assertThat(cut.steps()).isEqualTo(31);
        assertThat(cut.chunkSeconds()).isEqualTo(15);
        assertThat(aligned.steps()).isEqualTo(4);
        assertThat(aligned.chunkSeconds()).isEqualTo(8);
        assertThat(aligned.session())
                .isEqualTo(new SessionSettings(CORES, 1, Optimization.NONE, true, true, false));
    }

    @Test
    void speedTakesPrunedStepsAndPackedWeightsWhereTheModelHasThem() {
        SpeechWorkload workload = Models.workload(models.cut(), open());
        SpeechChoice cut = Planner.plan(workload, Prefer.SPEED, AMPLE_BYTES).settings();
        SpeechChoice whole = plan(models.whole(), open(), Prefer.SPEED, AMPLE_BYTES).settings();

        assertThat(cut.steps()).isEqualTo(7);
        assertThat(cut.session().weightsMapped()).isFalse();
        assertThat(workload.sampling(cut).steps()).hasValue(7);
        assertThat(whole.steps()).as("baked").isEqualTo(31);
        assertThat(plan(models.f5(), open(), Prefer.SPEED, AMPLE_BYTES).settings().steps())
                .isEqualTo(7);
        assertThat(
                        plan(models.f5(), steps(9, Schedule.Kind.UNIFORM), Prefer.SPEED, 0)
                                .settings()
                                .steps())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(Prefer.class)
    void whatWasAskedIsKeptHoweverSmallTheLimit(Prefer prefer) {
        EngineWish engine =
                new EngineWish(
                        OptionalInt.of(3),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(Optimization.BASIC),
                        Optional.of(false),
                        SessionSettings.MAPPED,
                        CORES);
        SamplingWish sampling = SamplingWish.DEFAULT.withSteps(16);
        SpeechWish wish = of(sampling, engine, OptionalDouble.of(12));

        Plan<SpeechChoice> plan = plan(models.cut(), wish, prefer, 1 << 20);

        assertThat(plan.isFeasible()).isFalse();
        assertThat(plan.settings())
                .isEqualTo(
                        new SpeechChoice(
                                12,
                                16,
                                new SessionSettings(3, 1, Optimization.BASIC, false, true, false),
                                false));
        assertThat(Models.workload(models.cut(), wish).knobs(prefer))
                .filteredOn(Knob::isFixed)
                .extracting(Knob::name)
                .containsExactlyInAnyOrder(
                        "steps",
                        "chunk-seconds",
                        "threads",
                        "weights",
                        "arena",
                        "optimization",
                        "stages");
    }

    @ParameterizedTest
    @EnumSource(Prefer.class)
    void oneByteLessThanTheSmallestBudgetIsRefused(Prefer prefer) {
        for (Bundle bundle : List.of(models.aligned(), models.f5(), models.cut(), models.whole())) {
            long smallest = plan(bundle, open(), prefer, 0).smallestBudgetBytes();

            assertThat(plan(bundle, open(), prefer, smallest).isFeasible()).isTrue();
            Plan<SpeechChoice> less = plan(bundle, open(), prefer, smallest - 1);
            assertThat(less.isFeasible()).isFalse();
            assertThat(less.smallestBudgetBytes()).isEqualTo(smallest);
        }
    }

    @Test
    void qualityGivesUpThreadsBeforeItCutsShorterAndTheOthersCutFirst() {
        assertThat(names(Prefer.QUALITY)).containsSubsequence("chunk-seconds", "threads", "arena");
        assertThat(names(Prefer.BALANCED)).containsSubsequence("threads", "chunk-seconds", "arena");
        assertThat(names(Prefer.SPEED)).containsSubsequence("threads", "chunk-seconds", "arena");
        assertThat(names(Prefer.SPEED).getFirst()).isEqualTo("precision");
    }

    private static List<String> names(Prefer prefer) {
        return Models.workload(models.aligned(), open()).knobs(prefer).stream()
                .map(Knob::name)
                .toList();
    }

    @Test
    void chunksAreCutNoShorterThanTheReferenceAndSomeWords() {
        int samples = 5 * 24_000;
        SpeechWorkload workload = Models.workload(models.cut(), SpeechWish.open(samples, CORES));

        Knob<SpeechChoice> seconds =
                workload.knobs(Prefer.QUALITY).stream()
                        .filter(knob -> knob.name().equals("chunk-seconds"))
                        .findFirst()
                        .orElseThrow();

        assertThat(seconds.options())
                .extracting(Knob.Option::value)
                .containsExactly("15", "12", "10", "8");
    }

    @Test
    void aReferenceLongerThanTheModelsChunkIsRefused() {
        SpeechWorkload workload =
                Models.workload(models.aligned(), SpeechWish.open(9 * 24_000, CORES));

        assertThatThrownBy(() -> Planner.plan(workload, Prefer.BALANCED, AMPLE_BYTES))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("9.0 s leaves no room in chunks of 8.0 s");
    }

    @Test
    void aKnownTextCountsAsItIsCut() {
        Cost two = cost(models.aligned(), cutInto(new Chunks(400, 30, 2, 700)));

        assertThat(two.largest().staysBytes())
                .isLessThan(cost(models.aligned(), open()).largest().staysBytes());
        assertThat(two.seconds())
                .isGreaterThan(
                        cost(models.aligned(), cutInto(new Chunks(400, 30, 1, 400))).seconds());
    }

    private static SpeechWish cutInto(Chunks chunks) {
        return new SpeechWish(
                OptionalDouble.empty(),
                SamplingWish.DEFAULT,
                Compat.NONE,
                EngineWish.open(CORES),
                Models.REFERENCE_SAMPLES,
                _ -> chunks);
    }

    @Test
    void aSizeThatIsNotToldIsNamed() {
        PlannedGraphs graphs = new PlannedGraphs(models.aligned());
        GraphRun run = GraphRun.alone(SpeechStage.VELOCITY, "velocity", Map.of("frames", 9L), 1, 0);

        assertThatThrownBy(() -> graphs.demand(run, SessionSettings.MAPPED))
                .isInstanceOf(OnnxException.class)
                .hasMessageContainingAll("cosines", "frames=9");
    }
}
