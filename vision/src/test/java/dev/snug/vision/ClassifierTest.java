package dev.snug.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.json.JsonException;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From a picture file to the answer, over the bundle and the copy for this machine. The oracle is
 * TensorFlow: probabilities and GradientTape maps of golden/keras-vision, whose pictures Pillow
 * resized.
 */
final class ClassifierTest {
    private static final PictureDecoder DECODER = PictureDecoder.within(PictureLimits.DEFAULT);
    private static final Classifier.Options EXPLAIN = new Classifier.Options(true, null, 1);
    private static final Classifier.Options CLASSIFY = new Classifier.Options(false, null, 1);

    @TempDir private Path home;

    @Test
    void aPictureFileGivesTensorFlowsProbabilitiesAndMap() throws IOException {
        BundleStore store = new BundleStore(home);
        install(store, "tiny_efficientnetv2.keras", ClassifierSettings.DEFAULT, List.of());
        Golden model = golden("tiny_efficientnetv2");
        try (Classifier explaining = Classifier.open(store, "tiny", EXPLAIN, step -> {});
                Classifier classifying = Classifier.open(store, "tiny", CLASSIFY, step -> {})) {
            int number = 0;
            for (Golden row : model.rows("cases")) {
                Picture picture = picture(row.text("picture"));
                Classification found =
                        explaining.explain(picture, Patient.UNKNOWN, Optional.empty());
                assertScores(found, row.floats("probabilities"));
                assertScores(
                        classifying.classify(picture, Patient.UNKNOWN),
                        row.floats("probabilities"));
                HeatMap map = Objects.requireNonNull(found.heatMap());
                if (row.number("cam_raw_max") > 1e-10) {
                    Npy expected =
                            Npy.resource(
                                    "/golden/keras-vision/tiny_efficientnetv2_%d_cam_norm.npy"
                                            .formatted(number));
                    assertThat(map.values()).containsExactly(expected.floats(), within(1e-4f));
                }
                number++;
            }
        }
    }

    @Test
    void everyFileOfTheBundleIsListedAndBothGraphsShareTheWeights() throws IOException {
        BundleStore store = new BundleStore(home);
        Bundle bundle =
                install(
                        store,
                        "tiny_efficientnetv2.keras",
                        ClassifierSettings.DEFAULT,
                        List.of(96, 128));
        Manifest manifest = bundle.manifest();
        assertThat(manifest.files())
                .containsOnlyKeys(
                        "classify-128.onnx",
                        "classify-96.onnx",
                        "explain-128.onnx",
                        "explain-96.onnx",
                        "model.weights");
        assertThat(manifest.parameters()).isEqualTo(573_235);
        // Four graphs; only the target layer stands twice, with and without its batch norm.
        assertThat(manifest.variants().getFirst().bytes()).isLessThan(2 * 4 * 573_235L);
        try (Stream<Path> inside = Files.list(bundle.folder())) {
            assertThat(inside.map(Path::getFileName).map(Path::toString))
                    .anyMatch(name -> name.startsWith("optimized-ort"));
        }
        bundle.verify((done, total) -> {});
    }

    @Test
    void anotherPictureSizeAnswersTooAndAMissingOneIsRefused() throws IOException {
        BundleStore store = new BundleStore(home);
        install(store, "tiny_efficientnetv2.keras", ClassifierSettings.DEFAULT, List.of(96, 128));
        Picture picture = picture("picture_0.png");
        try (Classifier larger =
                Classifier.open(store, "tiny", new Classifier.Options(true, 128, 1), step -> {})) {
            Classification found = larger.explain(picture, Patient.UNKNOWN, Optional.of(2));
            assertThat(found.scores()).hasSize(7);
            assertThat(Objects.requireNonNull(found.heatMap()).width()).isEqualTo(4);
        }
        assertThatThrownBy(
                        () ->
                                Classifier.open(
                                        store,
                                        "tiny",
                                        new Classifier.Options(false, 224, 1),
                                        step -> {}))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("--picture-size 224");
    }

    @Test
    void patientValuesNeedSettingsThatExplainThem() throws IOException {
        BundleStore store = new BundleStore(home);
        install(store, "two_inputs.keras", ClassifierSettings.DEFAULT, List.of());
        Picture picture = picture("picture_0.png");
        try (Classifier classifier = Classifier.open(store, "tiny", CLASSIFY, step -> {})) {
            assertThatThrownBy(() -> classifier.classify(picture, Patient.UNKNOWN))
                    .isInstanceOf(PatientException.class)
                    .hasMessageContaining("--settings FILE");
        }
    }

    @Test
    void aMissingCopyForThisMachineIsMadeAgain() throws IOException {
        BundleStore store = new BundleStore(home);
        Bundle bundle =
                install(store, "tiny_efficientnetv2.keras", ClassifierSettings.DEFAULT, List.of());
        deleteCopies(bundle.folder());
        try (Classifier classifier = Classifier.open(store, "tiny", CLASSIFY, step -> {})) {
            assertScores(
                    classifier.classify(picture("picture_0.png"), Patient.UNKNOWN),
                    golden("tiny_efficientnetv2").rows("cases").getFirst().floats("probabilities"));
        }
        assertThat(bundle.folder()).isDirectoryContaining("glob:**/optimized-*");
    }

    @Test
    void settingsThatDoNotFitTheModelLeaveNothingBehind() {
        BundleStore store = new BundleStore(home);
        ClassifierSettings twoClasses =
                ClassifierSettings.DEFAULT.withClasses(
                        List.of(new ClassLabel("a", "a", null), new ClassLabel("b", "b", null)));
        assertThatThrownBy(() -> install(store, "tiny_efficientnetv2.keras", twoClasses, List.of()))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("name 2 classes, the model tells 7 apart");
        ClassifierSettings noLayer = ClassifierSettings.DEFAULT.withTargetLayer("nowhere");
        assertThatThrownBy(() -> install(store, "tiny_efficientnetv2.keras", noLayer, List.of()))
                .isInstanceOf(KerasException.class)
                .hasMessageContaining("nowhere is not in the model; the last convolutions are");
        assertThat(store.list()).isEmpty();
    }

    private Bundle install(
            BundleStore store, String file, ClassifierSettings settings, List<Integer> sides) {
        return ClassifierImport.run(
                new ClassifierImport.Request(
                        Golden.file("keras-vision/" + file), "tiny", file, null, sides, settings),
                store,
                "test",
                step -> {});
    }

    private static void assertScores(Classification found, float[] expected) {
        for (ClassScore score : found.scores()) {
            int number = Integer.parseInt(score.label().id());
            assertThat(score.probability()).isCloseTo(expected[number], within(1e-5f));
        }
        assertThat(found.scores())
                .isSortedAccordingTo(
                        (one, other) -> Float.compare(other.probability(), one.probability()));
    }

    private static Picture picture(String name) {
        return DECODER.decode(Golden.file("keras-vision/" + name));
    }

    private static Golden golden(String model) throws IOException {
        return Golden.document(Golden.file("keras-vision/golden.json"))
                .member("models")
                .member(model);
    }

    private static void deleteCopies(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.filter(path -> path.toString().contains("optimized-")).toList();
        }
        for (Path path : inside.reversed()) {
            Files.delete(path);
        }
    }
}
