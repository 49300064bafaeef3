package dev.snug.vision.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.vision.keras.file.KerasArchive;
import dev.snug.vision.keras.file.KerasException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file that is not what it says is refused in words that name the layer and what is wrong. */
final class KerasRefusalTest {
    private static final String INPUT = "'name': 'in', 'batch_shape': [null, 4]";
    private static final String DENSE = "'name': 'd', 'units': 2";

    @TempDir private Path folder;
    private KerasFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new KerasFixture(folder).layer("InputLayer", INPUT);
    }

    @Test
    void aSoundFileIsRead() throws IOException {
        fixture.layer("Dense", DENSE).weights("dense", new float[4][2], new float[2]);
        assertThat(importFixture().parameters()).isEqualTo(10);
    }

    @Test
    void aZipOfManyOtherThingsIsRefusedInOneLine() throws IOException {
        Path file = folder.resolve("other.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 500; i++) {
                zip.putNextEntry(new ZipEntry(i + "/a\nb".repeat(i % 50)));
                zip.write(i);
            }
        }

        assertThatThrownBy(() -> KerasArchive.open(file, folder))
                .isInstanceOf(KerasException.class)
                .hasMessageContaining("and 497 more")
                .satisfies(
                        refusal ->
                                assertThat(refusal.getMessage())
                                        .hasLineCount(1)
                                        .hasSizeLessThan(1000));
    }

    @Test
    void aWeightOfAnotherShapeIsRefusedWithBothShapes() {
        fixture.layer("Dense", DENSE).weights("dense", new float[5][2], new float[2]);
        refuses("Dense d: its kernel is [5,2]", "layers/dense/vars/0", "must be [4,2]");
    }

    @Test
    void aMissingWeightIsRefused() {
        fixture.layer("Dense", DENSE).weights("dense", (Object) new float[4][2]);
        refuses("Dense d: its bias [2] is missing", "layers/dense/vars/1");
    }

    @Test
    void aWeightTooManyIsRefused() {
        fixture.layer("Dense", DENSE).weights("dense", new float[4][2], new float[2], new float[2]);
        refuses("Dense d: it has more than the 2 weights expected");
    }

    @Test
    void aWeightOfAnotherTypeIsRefused() {
        fixture.layer("Dense", DENSE).weights("dense", new double[4][2], new float[2]);
        refuses("layers/dense/vars/0 is float64", "float32 is needed");
    }

    @Test
    void anUnknownSettingIsRefused() {
        fixture.layer("Dense", DENSE + ", 'lora_rank': 4")
                .weights("dense", new float[4][2], new float[2]);
        refuses("Dense d: unknown setting lora_rank = 4");
    }

    @Test
    void aConfigurationThatIsNoStrictJsonIsRefusedWithItsEntryAndLine() {
        fixture.layer("Dense", DENSE + ", 'units': 3");
        refuses("its config.json, line 1", "Duplicate");
    }

    @Test
    void aConfigurationTooDeepIsRefused() {
        fixture.layer("Dense", DENSE + ", 'deep': " + "[".repeat(200) + "]".repeat(200));
        refuses("its config.json is not JSON", "depth");
    }

    @Test
    void aNumberOfMoreThan63BitsIsRefusedByTheSettingThatHasIt() {
        fixture.layer("Dense", "'name': 'd', 'units': 99999999999999999999");
        refuses("Dense d: setting units must be a whole number");
    }

    @Test
    void aSettingThatIsNullOrOnlyForTrainingIsNot() throws IOException {
        fixture.layer("Dense", DENSE + ", 'lora_rank': null, 'bias_regularizer': {'l2': 1.0}")
                .weights("dense", new float[4][2], new float[2]);
        assertThat(importFixture().output().type()).hasToString("float[1,2]");
    }

    @Test
    void mixedPrecisionIsRefused() {
        fixture.layer("Dense", DENSE + ", 'dtype': {'config': {'name': 'mixed_float16'}}")
                .weights("dense", new float[4][2], new float[2]);
        refuses("Dense d: it computes in mixed_float16", "only float32");
    }

    @Test
    void anActivationThatIsNotKerasOwnIsRefused() {
        fixture.layer("Dense", DENSE + ", 'activation': 'prelu6'")
                .weights("dense", new float[4][2], new float[2]);
        refuses("Dense d: activation prelu6 is not supported");
    }

    @Test
    void anArchiveOfKeras2IsRefusedWithTheWayOut() {
        fixture.version("2.15.0").layer("Dense", DENSE).weights("dense", (Object) new float[4][2]);
        refuses("saved by Keras 2.15.0", "save it again");
    }

    @Test
    void aPictureInputWithoutSizeAsksForOne() throws IOException {
        Path file =
                new KerasFixture(folder)
                        .layer("InputLayer", "'name': 'in', 'batch_shape': [null, null, null, 3]")
                        .layer("GlobalAveragePooling2D", "'name': 'gap'")
                        .write();
        try (KerasModel keras = KerasImporter.read(file, folder)) {
            assertThatThrownBy(() -> keras.toOnnx(KerasImportOptions.DEFAULT))
                    .isInstanceOf(KerasException.class)
                    .hasMessageContaining("state the picture size");
            KerasImportOptions sized =
                    KerasImportOptions.DEFAULT.withPictureSize(PictureSize.square(32));
            assertThat(keras.toOnnx(sized).output().type()).hasToString("float[1,3]");
        }
    }

    private void refuses(String... words) {
        assertThatThrownBy(this::importFixture)
                .isInstanceOf(KerasException.class)
                .hasMessageContaining("made.keras cannot be imported")
                .message()
                .contains(words);
    }

    private ImportedModel importFixture() throws IOException {
        try (KerasModel keras = KerasImporter.read(fixture.write(), folder)) {
            return keras.toOnnx(KerasImportOptions.DEFAULT);
        }
    }
}
