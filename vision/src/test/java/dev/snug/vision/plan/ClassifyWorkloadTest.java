package dev.snug.vision.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.HeapShare;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.vision.ClassifierGraphs;
import dev.snug.vision.Imported;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.picture.PictureNeed;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Plans for graphs that Keras' models became. The oracles are the order of costs that follows from
 * what a graph does, and the planner's contract; what runs really take is measured by {@code
 * bench/run memory} and in docs/decisions/0019-planner.md.
 */
final class ClassifyWorkloadTest {
    private static final long MIB = 1 << 20;
    private static final long AMPLE = 4096 * MIB;
    private static final ClassifyWish WISH = ClassifyWish.open(4);

    @TempDir private static Path home;
    private static Bundle tiny;

    @BeforeAll
    static void install() {
        tiny = Imported.tiny(home);
    }

    private static ClassifyWorkload workload(ClassifyWish wish) {
        return ClassifyWorkload.of(tiny, OptimizedCopy.find(tiny), wish, CpuRate.GUESS);
    }

    private static Plan<ClassifyChoice> plan(ClassifyWish wish, Prefer prefer, long limitBytes) {
        return Planner.plan(workload(wish), prefer, limitBytes);
    }

    private static Cost cost(int side, boolean heatMap, int threads) {
        return workload(WISH).cost(new ClassifyChoice(side, heatMap, threads));
    }

    @Test
    void everyGraphHasAPredictionInBothLayoutsAndWithManyThreads() {
        List<Bundle> models = List.of(tiny, Imported.install(home, "two_inputs", List.of()));
        for (Bundle model : models) {
            ClassifierGraphs graphs = new ClassifierGraphs(model.manifest());
            for (Optional<Bundle> copy :
                    List.of(OptimizedCopy.find(model), Optional.<Bundle>empty())) {
                ClassifyWorkload workload = ClassifyWorkload.of(model, copy, WISH, CpuRate.GUESS);
                for (int side : graphs.sides()) {
                    for (int threads : new int[] {1, 2, 8}) {
                        for (boolean heatMap : new boolean[] {false, graphs.explains()}) {
                            Cost cost = workload.cost(new ClassifyChoice(side, heatMap, threads));
                            assertThat(cost.largest().predicted().anonymousBytes())
                                    .isBetween(20 * MIB, 60 * MIB);
                            assertThat(cost.seconds()).isBetween(0.3, 3.0);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aHeatMapCostsMoreThanNone() {
        for (int side : Imported.SIDES) {
            assertThat(cost(side, true, 1).largest().staysBytes())
                    .isGreaterThan(cost(side, false, 1).largest().staysBytes());
            assertThat(cost(side, true, 1).seconds()).isGreaterThan(cost(side, false, 1).seconds());
            assertThat(cost(side, true, 1).largest().stage()).isEqualTo("explain");
        }
    }

    @Test
    void aLargerSideCostsMore() {
        for (boolean heatMap : new boolean[] {false, true}) {
            List<Cost> rising =
                    Imported.SIDES.stream().sorted().map(side -> cost(side, heatMap, 1)).toList();
            for (int i = 1; i < rising.size(); i++) {
                Cost smaller = rising.get(i - 1);
                Cost larger = rising.get(i);
                assertThat(larger.heapBytes()).isGreaterThan(smaller.heapBytes());
                assertThat(larger.seconds()).isGreaterThan(smaller.seconds());
                assertThat(larger.largest().staysBytes())
                        .isGreaterThan(smaller.largest().staysBytes());
            }
        }
    }

    @Test
    void eachPreferenceTakesItsOwnWhereAllFits() {
        assertThat(plan(WISH, Prefer.QUALITY, AMPLE).settings())
                .isEqualTo(new ClassifyChoice(128, true, 1));
        assertThat(plan(WISH, Prefer.BALANCED, AMPLE).settings())
                .isEqualTo(new ClassifyChoice(96, true, 1));
        assertThat(plan(WISH, Prefer.SPEED, AMPLE).settings())
                .isEqualTo(new ClassifyChoice(64, false, 4));
    }

    @Test
    void whatTheUserSaidIsKeptOrRefused() {
        ClassifyWish wish = WISH.withSide(128).withHeatMap(true).withThreads(3);
        ClassifyChoice asked = new ClassifyChoice(128, true, 3);
        for (Prefer prefer : Prefer.values()) {
            Plan<ClassifyChoice> fits = plan(wish, prefer, AMPLE);
            assertThat(fits.settings()).isEqualTo(asked);
            Plan<ClassifyChoice> less = plan(wish, prefer, fits.smallestBudgetBytes() - 1);
            assertThat(less.isFeasible()).isFalse();
            // How pictures are decoded is nothing that the user said.
            assertThat(less.settings()).isEqualTo(new ClassifyChoice(128, true, 3, false, true));
            assertThat(less.giveUp()).containsExactly("decoding reduced instead of whole");
        }
        assertThat(plan(WISH.withThreads(0), Prefer.BALANCED, AMPLE).settings().threads())
                .as("0 is one per core")
                .isEqualTo(4);
    }

    @Test
    void oneByteLessThanTheSmallestIsRefused() {
        for (Prefer prefer : Prefer.values()) {
            long smallest = plan(WISH, prefer, 0).smallestBudgetBytes();
            Plan<ClassifyChoice> fits = plan(WISH, prefer, smallest);

            assertThat(fits.isFeasible()).isTrue();
            assertThat(plan(WISH, prefer, smallest - 1).isFeasible()).isFalse();
            assertThat(HeapShare.of(smallest)).isGreaterThanOrEqualTo(fits.cost().heapBytes());
        }
    }

    @Test
    void anUnknownSideIsAnErrorThatListsThoseThereAre() {
        assertThatThrownBy(() -> workload(WISH.withSide(97)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no picture size 97")
                .hasMessageContaining("96x96, 128x128, 64x64")
                .hasMessageContaining("--picture-size 97");
    }

    @Test
    void thePictureDecidesAboutTheHeapAndItsCoefficientsAboutTheRest() {
        Cost photo = cost(96, true, 1);
        PictureNeed small = PictureNeed.photo(1_000_000);
        PictureNeed progressive = new PictureNeed(small.width(), small.height(), 0, 90 * MIB);
        ClassifyChoice choice = new ClassifyChoice(96, true, 1);
        Cost one = workload(WISH.withPictures(small, 1)).cost(choice);
        Cost two = workload(WISH.withPictures(small, 2)).cost(choice);
        Cost buffered = workload(WISH.withPictures(progressive, 1)).cost(choice);

        assertThat(photo.heapBytes() - one.heapBytes()).isGreaterThan(3 * 11_000_000);
        assertThat(photo.largest()).isEqualTo(one.largest());
        assertThat(two.heapBytes()).isEqualTo(one.heapBytes());
        assertThat(two.seconds()).isGreaterThan(one.seconds());
        assertThat(buffered.heapBytes()).isEqualTo(one.heapBytes());
        assertThat(buffered.largest().staysBytes() - one.largest().staysBytes())
                .isBetween(80 * MIB, 90 * MIB);
    }

    @Test
    void theLayoutThatIsLoadedIsSaid() {
        assertThat(layout(OptimizedCopy.find(tiny))).isEqualTo("this machine");
        assertThat(layout(Optional.empty())).isEqualTo("portable");
    }

    private static String layout(Optional<Bundle> copy) {
        return ClassifyWorkload.of(tiny, copy, WISH, CpuRate.GUESS).knobs(Prefer.BALANCED).stream()
                .filter(knob -> knob.name().equals("layout"))
                .map(knob -> knob.options().getFirst().value())
                .findFirst()
                .orElseThrow();
    }

    /** The oracle of what reducing saves is the picture's own need. */
    @Test
    void aPictureThatDoesNotFitWholeIsDecodedReducedBeforeAnythingElseIsGivenUp() {
        PictureNeed whole = PictureNeed.photo(24_000_000);
        ClassifyWish wish = WISH.withHeatMap(true).withPictures(whole, 1);
        ClassifyChoice reduced = new ClassifyChoice(96, true, 1, false, true);
        long fits = workload(wish).cost(reduced).smallestLimitBytes();

        Plan<ClassifyChoice> plan = plan(wish, Prefer.BALANCED, fits);

        assertThat(plan.settings()).isEqualTo(reduced);
        assertThat(plan.giveUp()).containsExactly("decoding reduced instead of whole");
        long saved =
                workload(wish).cost(new ClassifyChoice(96, true, 1)).heapBytes()
                        - workload(wish).cost(reduced).heapBytes();
        assertThat(saved).isEqualTo(whole.heapBytes() - whole.reducedFor(96).heapBytes());
        assertThat(
                        workload(wish.withPictures(PictureNeed.photo(20_000), 1))
                                .knobs(Prefer.BALANCED)
                                .stream()
                                .filter(knob -> knob.name().equals("decoding"))
                                .flatMap(knob -> knob.options().stream()))
                .hasSize(1);
    }

    @Test
    void knobsAreGivenUpLastFirst() {
        assertThat(names(Prefer.QUALITY))
                .isEqualTo(names(Prefer.BALANCED))
                .containsExactly(
                        "precision",
                        "picture-size",
                        "heat-map",
                        "threads",
                        "decoding",
                        "arena",
                        "layout",
                        "process");
        assertThat(names(Prefer.SPEED))
                .startsWith("precision", "threads", "picture-size", "heat-map");
    }

    private static List<String> names(Prefer prefer) {
        return workload(WISH).knobs(prefer).stream().map(Knob::name).toList();
    }

    @Test
    void severalPicturesKeepTheirMemoryInAnArenaWhereThereIsRoom() {
        ClassifyWish three = WISH.withPictures(PictureNeed.photo(1_000_000), 3);
        Plan<ClassifyChoice> ample = plan(three, Prefer.BALANCED, AMPLE);
        Plan<ClassifyChoice> tight = plan(three, Prefer.BALANCED, ample.smallestBudgetBytes());

        assertThat(ample.settings().arena()).isTrue();
        assertThat(tight.settings().arena()).isFalse();
        assertThat(plan(WISH, Prefer.BALANCED, AMPLE).settings().arena()).isFalse();
    }

    @Test
    void anArenaThatTheUserSetIsNotChosenAgain() {
        ClassifyWish off =
                new ClassifyWish(
                        WISH.side(),
                        WISH.heatMap(),
                        WISH.threads(),
                        WISH.cores(),
                        WISH.largest(),
                        3,
                        new EngineWish(Optional.of(false), SessionSettings.MAPPED));

        assertThat(plan(off, Prefer.BALANCED, AMPLE).settings().arena()).isFalse();
        assertThat(off.withPictures(PictureNeed.photo(1_000_000), 3).withThreads(2).engine())
                .isEqualTo(off.engine());
    }

    @Test
    void weightsOfAGraphThatIsRewrittenAtLoadCountAsCopied() {
        SessionSettings rewritten = new SessionSettings(1, 1, Optimization.ALL, true, false, false);
        ClassifyWish wish =
                new ClassifyWish(
                        WISH.side(),
                        WISH.heatMap(),
                        WISH.threads(),
                        WISH.cores(),
                        WISH.largest(),
                        1,
                        new EngineWish(Optional.empty(), rewritten));
        ClassifyChoice choice = new ClassifyChoice(96, false, 1);
        ClassifyWorkload workload =
                ClassifyWorkload.of(tiny, Optional.empty(), wish, CpuRate.GUESS);
        long copied = anonymousBytes(workload.cost(choice));
        long mapped =
                anonymousBytes(
                        ClassifyWorkload.of(tiny, Optional.empty(), WISH, CpuRate.GUESS)
                                .cost(choice));

        assertThat(copied - mapped).isEqualTo(4 * tiny.manifest().parameters());
    }

    private static long anonymousBytes(Cost cost) {
        return cost.largest().predicted().anonymousBytes();
    }
}
