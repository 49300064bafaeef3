package dev.snug.vision.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.Golden;
import dev.snug.vision.Npy;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The published model gives TensorFlow's answers, from the picture file on. The oracle is
 * golden/sklesion, made by make_sklesion.py: probabilities of TensorFlow 2.21 and GradientTape maps
 * in float64.
 */
@Tag("models")
final class SklesionTest {
    private static final PictureDecoder DECODER = PictureDecoder.within(PictureLimits.DEFAULT);

    /** The store that {@code make test-models} filled. */
    static BundleStore store() {
        return new BundleStore(
                Path.of(
                        Objects.requireNonNull(
                                System.getProperty("snug.models"), "run `make test-models`")));
    }

    @Test
    void probabilitiesAndMapsEqualTensorFlows() throws IOException {
        Golden expected = Golden.document(Golden.file("sklesion/expected.json"));
        try (Classifier classifier =
                Classifier.open(
                        store(), "sklesion", new Classifier.Options(true, null, 1), step -> {})) {
            for (Golden row : expected.rows("cases")) {
                Picture picture = DECODER.decode(Golden.file("sklesion/" + row.text("picture")));
                for (Golden cam : row.rows("cams")) {
                    check(classifier, picture, row, cam);
                }
            }
        }
    }

    private static void check(Classifier classifier, Picture picture, Golden row, Golden cam) {
        Classification found =
                classifier.explain(
                        picture,
                        patient(row.member("patient")),
                        Optional.of((int) cam.number("class")));
        List<String> ids = classifier.classes().stream().map(ClassLabel::id).toList();
        float[] probabilities = row.floats("probabilities");
        for (ClassScore score : found.scores()) {
            assertThat(score.probability())
                    .as("%s %s", row.text("picture"), score.label().id())
                    .isCloseTo(probabilities[ids.indexOf(score.label().id())], within(1e-5f));
        }
        assertThat(Objects.requireNonNull(found.heatMap()).values())
                .as("%s, class %s", row.text("picture"), cam.text("class"))
                .containsExactly(
                        Npy.resource("/golden/sklesion/" + cam.text("file")).floats(),
                        within(1e-4f));
    }

    private static Patient patient(Golden values) {
        return new Patient(
                values.has("sex") ? values.text("sex") : null,
                values.has("location") ? values.text("location") : null,
                values.has("age") ? Double.valueOf(values.number("age")) : null);
    }
}
