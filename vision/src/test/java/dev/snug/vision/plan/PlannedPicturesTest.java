package dev.snug.vision.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.Classifier;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;
import dev.snug.vision.ClassifierSettings.Resize;
import dev.snug.vision.Golden;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureCaps;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.picture.Reducing;
import dev.snug.vision.picture.Samples;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * Pictures that are planned reduced, for a model that resizes bilinearly. The oracle is the answer
 * for the same file decoded whole.
 */
final class PlannedPicturesTest {
    private static final int SIDE = 96;
    private static final ClassifyWish WISH =
            ClassifyWish.open(1).withPictures(PictureNeed.photo(24_000_000), 1);

    @TempDir private static Path home;
    private static Bundle bilinear;

    @BeforeAll
    static void install() {
        bilinear =
                ClassifierImport.run(
                        new ClassifierImport.Request(
                                Golden.file("keras-vision/tiny_efficientnetv2.keras"),
                                "bilinear",
                                "a test",
                                null,
                                List.of(SIDE),
                                new ClassifierSettings(
                                        List.of(), Resize.BILINEAR, 1, null, List.of())),
                        new BundleStore(home),
                        "test",
                        _ -> {});
    }

    private static ClassifyWorkload workload() {
        return ClassifyWorkload.of(bilinear, Optional.empty(), WISH, CpuRate.GUESS);
    }

    private static long heapBytes(boolean isReduced) {
        return workload().cost(new ClassifyChoice(SIDE, false, 1, false, isReduced)).heapBytes();
    }

    /** The planner's figures differ as those of the picture's own need do. */
    @Test
    void whatIsKeptForTheModelIsPlanned() {
        PictureNeed whole = PictureNeed.photo(24_000_000);
        Reducing reducing = new Reducing(SIDE, true).withSamples(new Samples(SIDE, SIDE));

        assertThat(heapBytes(false) - heapBytes(true))
                .isEqualTo(whole.heapBytes() - whole.reduced(reducing).heapBytes())
                .isLessThan(whole.heapBytes() - whole.reducedFor(SIDE).heapBytes());
    }

    @Test
    void theAnswerIsThatOfTheWholePicture() throws IOException {
        ClassifyChoice reduced = new ClassifyChoice(SIDE, false, 1, false, true);
        long limitBytes = workload().cost(reduced).smallestLimitBytes();
        Plan<ClassifyChoice> plan = Planner.plan(workload(), Prefer.BALANCED, limitBytes);
        assertThat(plan.settings().reduced()).isTrue();
        PlannedPictures planned =
                new PlannedPictures(
                        bilinear, Optional.empty(), plan, SessionSettings.MAPPED, false);
        Path file = noise(600, 640);

        try (Classifier classifier =
                Classifier.open(
                        bilinear,
                        Optional.empty(),
                        new Classifier.Options(false, SIDE, 1),
                        _ -> () -> {},
                        plan.cost().largest())) {
            Picture small = planned.decoder(classifier, PictureCaps.DEFAULT).decode(file);
            Picture whole = PictureDecoder.within(PictureLimits.DEFAULT).decode(file);

            assertThat(small.reduction()).isPresent();
            assertThat(classifier.classify(small, Patient.UNKNOWN))
                    .isEqualTo(classifier.classify(whole, Patient.UNKNOWN));
        }
    }

    /** What means would change most. */
    private static Path noise(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        Path file = home.resolve("noise.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
