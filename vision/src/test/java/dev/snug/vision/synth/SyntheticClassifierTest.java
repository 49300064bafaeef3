package dev.snug.vision.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.vision.keras.ImportedModel;
import dev.snug.vision.keras.KerasImportOptions;
import dev.snug.vision.keras.KerasImporter;
import dev.snug.vision.keras.KerasModel;
import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.StoredTensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * The oracle is a file that Keras wrote: with its configuration, the weights have the same places
 * and shapes. The full size is what Keras counts.
 */
class SyntheticClassifierTest {
    private static final Path KERAS =
            Path.of("src/test/resources/golden/keras-vision/tiny_efficientnetv2.keras");

    private static final List<String> CLASSES =
            List.of("conv2d", "depthwise_conv2d", "batch_normalization", "dense");

    @TempDir Path folder;

    @Test
    void weightsLieWhereKerasPutsThem() throws IOException {
        Path made = written("made.keras", 1);

        assertThat(places(made)).isEqualTo(places(KERAS)).hasSizeGreaterThan(100);
    }

    @Test
    void theFullModelHasTheParametersThatKerasCounts() throws IOException {
        Path file = folder.resolve("full.keras");
        SyntheticClassifier.write(file, folder, 1);

        try (KerasModel keras = KerasImporter.read(file, folder)) {
            ImportedModel model = keras.toOnnx(KerasImportOptions.DEFAULT);
            assertThat(model.parameters()).isEqualTo(20_340_327);
            assertThat(model.output().type().shape().size(-1)).isEqualTo(7);
            assertThat(model.inputs().getFirst().type().shape().toString()).contains("300,300,3");
        }
        assertThat(Files.size(file)).isLessThan(SyntheticClassifier.bytes() / 2);
    }

    @Test
    void equalSeedsMakeEqualFilesAndOtherSeedsOthers() throws IOException {
        Path first = written("a.keras", 1);

        assertThat(first).hasSameBinaryContentAs(written("b.keras", 1));
        assertThat(Files.mismatch(first, written("c.keras", 2))).isPositive();
        assertThat(folder.resolve("model.weights.h5")).doesNotExist();
    }

    private Path written(String name, long seed) throws IOException {
        Path file = folder.resolve(name);
        try (ZipFile zip = new ZipFile(KERAS.toFile());
                InputStream config =
                        zip.getInputStream(Objects.requireNonNull(zip.getEntry("config.json")))) {
            SyntheticClassifier.write(file, folder, seed, config.readAllBytes());
        }
        return file;
    }

    /** Place, type and shape of every weight. */
    private List<String> places(Path keras) {
        List<String> places = new ArrayList<>();
        try (KerasArchive archive = KerasArchive.open(keras, folder)) {
            for (String layer : CLASSES) {
                for (int i = 0; i < 300; i++) {
                    for (int variable = 0; variable < 6; variable++) {
                        String place =
                                "layers/%s/vars/%d"
                                        .formatted(layer + (i == 0 ? "" : "_" + i), variable);
                        Optional<StoredTensor> weight = archive.weight(place);
                        weight.ifPresent(w -> places.add(place + " " + w.type() + w.shape()));
                    }
                }
            }
        }
        return places;
    }
}
