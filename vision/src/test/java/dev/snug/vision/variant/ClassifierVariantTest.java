package dev.snug.vision.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.StageGate;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.Imported;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.compare.PictureAnswers;
import dev.snug.vision.compare.Quality;
import dev.snug.vision.compare.QualityTarget;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.plan.ClassifyChoice;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.ClassifyWorkload;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A classifier's variants. The oracles are the answers of the classifier itself, and of the
 * portable variant for the one that is laid out for this machine.
 */
final class ClassifierVariantTest {
    /** What the same sums in another order may differ by, of a probability. */
    private static final double ROUNDING = 2e-6;

    private static final List<Path> PICTURES = List.of(Imported.picture());

    @TempDir private static Path home;
    private static BundleStore store;
    private static Bundle base;

    @BeforeAll
    static void install() {
        base = Imported.tiny(home);
        store = new BundleStore(home);
    }

    private static ClassifierVariant.Made make(Precision to, QualityTarget target) {
        return ClassifierVariant.make(store, base, to, PICTURES, target, step -> {});
    }

    private static List<Classification> answers(Bundle bundle, Optional<Bundle> copy) {
        try (Classifier classifier = open(bundle, copy)) {
            return answering().of(classifier);
        }
    }

    private static PictureAnswers answering() {
        return new PictureAnswers(PictureDecoder.within(PictureLimits.DEFAULT), PICTURES);
    }

    private static Classifier open(Bundle bundle, Optional<Bundle> copy) {
        ClassifyChoice choice = new ClassifyChoice(96, true, 1);
        ClassifyWorkload workload =
                ClassifyWorkload.of(bundle, copy, ClassifyWish.open(2), CpuRate.GUESS);
        return Classifier.open(
                bundle, copy, choice.options(), StageGate.OPEN, workload.cost(choice).largest());
    }

    @Test
    void aVariantIsAModelOfItsOwnWithSmallerWeights() {
        long wide = base.manifest().variants().getFirst().bytes();
        for (Precision to : List.of(Precision.INT8, Precision.FP16)) {
            Bundle variant = make(to, QualityTarget.DEFAULT).bundle();
            assertThat(variant.manifest().name()).isEqualTo("tiny_efficientnetv2:" + to.word());
            assertThat(variant.manifest().variants().getFirst().bytes())
                    .isLessThan(to == Precision.INT8 ? wide * 6 / 10 : wide * 7 / 10);
            assertThat(variant.manifest().graphs()).isEqualTo(base.manifest().graphs());
            assertThat(OptimizedCopy.find(variant)).isPresent();
        }
    }

    @Test
    void theCopyForThisMachineAnswersAsThePortableVariant() {
        for (Precision to : List.of(Precision.INT8, Precision.FP16)) {
            Bundle variant = make(to, QualityTarget.DEFAULT).bundle();
            List<Classification> portable = answers(variant, Optional.empty());
            try (Classifier laidOut = open(variant, OptimizedCopy.find(variant))) {
                Quality same = Quality.of(answering().differences(laidOut, portable));
                assertThat(same.probabilityDifferenceMax()).isLessThan(ROUNDING);
                assertThat(same.mapCorrelationMin().orElseThrow()).isGreaterThan(0.99999);
            }
        }
    }

    @Test
    void whatIsSaidOfTheQualityIsWhatTheVariantAnswers() {
        ClassifierVariant.Made made = make(Precision.INT8, QualityTarget.DEFAULT);
        Quality said = made.quality().orElseThrow();
        try (Classifier variant = open(made.bundle(), Optional.empty())) {
            Quality found =
                    Quality.of(answering().differences(variant, answers(base, Optional.empty())));
            assertThat(found).isEqualTo(said);
        }
        assertThat(said.share(QualityTarget.DEFAULT)).isLessThanOrEqualTo(1);
        assertThat(said.probabilityDifferenceMax()).isGreaterThan(0);
    }

    @Test
    void layersStayWideUntilTheTargetIsMet() {
        Quality free = make(Precision.INT8, QualityTarget.DEFAULT).quality().orElseThrow();
        QualityTarget strict = new QualityTarget(0.5, 0.5, free.probabilityDifferenceMax() / 2);
        ClassifierVariant.Made made = make(Precision.INT8, strict);

        assertThat(made.wide()).isNotEmpty();
        assertThat(made.quality().orElseThrow().share(strict)).isLessThanOrEqualTo(1);
    }

    @Test
    void noLayerStaysWideWhereFloat16MissesTheTargetToo() {
        QualityTarget beyond = new QualityTarget(0.5, 0.5, 1e-9);

        assertThat(make(Precision.INT8, beyond).wide()).isEmpty();
    }

    @Test
    void roundingByWhatLayersSeeMovesAnswersLessThanRoundingToTheNearest() {
        Bundle nearest =
                ClassifierVariant.make(
                                store,
                                base,
                                Precision.INT8,
                                List.of(),
                                QualityTarget.DEFAULT,
                                step -> {})
                        .bundle();
        Quality plain;
        try (Classifier variant = open(nearest, Optional.empty())) {
            plain = Quality.of(answering().differences(variant, answers(base, Optional.empty())));
        }
        Quality seen = make(Precision.INT8, QualityTarget.DEFAULT).quality().orElseThrow();

        assertThat(seen.probabilityDifferenceMax())
                .isLessThan(plain.probabilityDifferenceMax() / 2);
    }

    @Test
    void onlyAWideClassifierCanBeMadeSmaller() {
        Bundle variant = make(Precision.FP16, QualityTarget.DEFAULT).bundle();

        assertThatThrownBy(
                        () ->
                                ClassifierVariant.make(
                                        store,
                                        variant,
                                        Precision.INT8,
                                        List.of(),
                                        QualityTarget.DEFAULT,
                                        step -> {}))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("make another from tiny_efficientnetv2");
        assertThatThrownBy(() -> make(Precision.DYNAMIC_INT8, QualityTarget.DEFAULT))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("only as int8 or fp16");
    }
}
