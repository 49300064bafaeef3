package dev.snug.vision.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.vision.Golden;
import dev.snug.vision.Npy;
import dev.snug.vision.keras.file.KerasException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The oracle is TensorFlow: {@code make_golden.py} and {@code make_random_models.py} beside the
 * test sources computed the expected probabilities from the very files read here.
 */
final class KerasImporterTest {
    /** TensorFlow's own float32 and float64 results differ by up to 1e-6 on these models. */
    private static final float TOLERANCE = 1e-5f;

    @TempDir private Path work;

    @TestFactory
    Stream<DynamicTest> goldenModelsGiveTensorFlowsProbabilities() throws IOException {
        return document("keras-vision/golden.json").members("models").stream()
                .filter(model -> model.has("file"))
                .map(
                        model ->
                                DynamicTest.dynamicTest(
                                        model.text("file"), () -> checkGolden(model)));
    }

    private void checkGolden(Golden golden) throws IOException {
        String target = golden.text("target_layer");
        try (KerasModel keras = open("keras-vision/" + golden.text("file"))) {
            ImportedModel folded = keras.toOnnx(KerasImportOptions.DEFAULT);
            String path = folded.convolutions(target).getFirst().path();
            assertThat(folded.defaultTarget().orElseThrow().path()).isEqualTo(path);
            ImportedModel unfused = keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused(path));
            for (Golden row : golden.rows("cases")) {
                List<Tensor> inputs = new ArrayList<>();
                inputs.add(Npy.read(Golden.file("keras-vision/" + row.text("input"))).tensor(1));
                if (row.has("meta")) {
                    float[] meta = row.floats("meta");
                    inputs.add(Tensor.floats(meta, 1, meta.length));
                }
                float[] expected = row.floats("probabilities");
                assertThat(run(folded, inputs)).containsExactly(expected, within(TOLERANCE));
                assertThat(run(unfused, inputs)).containsExactly(expected, within(TOLERANCE));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> randomModelsGiveTensorFlowsOutputs() throws IOException {
        return document("random-models/index.json").rows("models").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.text("name") + " " + row.text("layers"),
                                        () -> checkRandom(row)));
    }

    private void checkRandom(Golden row) throws IOException {
        List<Tensor> inputs = new ArrayList<>();
        for (Golden input : row.rows("inputs")) {
            inputs.add(Npy.read(Golden.file("random-models/" + input.text("file"))).tensor(0));
        }
        float[] expected =
                Npy.read(Golden.file("random-models/" + row.text("expected"))).tensor(0).toFloats();
        try (KerasModel keras = open("random-models/" + row.text("file"))) {
            ImportedModel imported = keras.toOnnx(KerasImportOptions.DEFAULT);
            assertThat(run(imported, inputs)).containsExactly(expected, within(TOLERANCE));
            if (row.has("target_layer")) {
                checkTarget(keras, row, inputs, expected);
            }
        }
    }

    /** Of parallel branches any may be the last: TensorFlow's choice is taken here. */
    private static void checkTarget(
            KerasModel keras, Golden row, List<Tensor> inputs, float[] expected) {
        String path = row.text("target_layer");
        ImportedModel kept = keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused(path));
        assertThat(run(kept, inputs)).containsExactly(expected, within(TOLERANCE));
        assertThat(kept.convolutions(path)).hasSize(1);
        Convolution target = kept.convolutions(path).getFirst();
        assertThat(target.folded()).isFalse();
        assertThat(List.of(target.height(), target.width())).hasToString(row.text("cam_shape"));
        assertThat(kept.defaultTarget()).isPresent();
    }

    @Test
    void layersThatNoRandomModelHasGiveTensorFlowsOutputs() throws IOException {
        String name = "keras-vision/more_layers.";
        List<Tensor> inputs =
                List.of(
                        Npy.read(Golden.file(name + "input_0.npy")).tensor(0),
                        Npy.read(Golden.file(name + "input_1.npy")).tensor(0));
        float[] expected = Npy.read(Golden.file(name + "expected.npy")).tensor(0).toFloats();
        try (KerasModel keras = open(name + "keras")) {
            ImportedModel imported = keras.toOnnx(KerasImportOptions.DEFAULT);
            assertThat(run(imported, inputs)).containsExactly(expected, within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "more_layers.keras, 5027",
        "tiny_efficientnetv2.keras, 573235",
        "tiny_efficientnetv2_nested.keras, 573235",
        "two_inputs.keras, 6163"
    })
    void parametersAreCountedAsKerasCountsThem(String file, long parameters) {
        try (KerasModel keras = open("keras-vision/" + file)) {
            assertThat(keras.toOnnx(KerasImportOptions.DEFAULT).parameters()).isEqualTo(parameters);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lambda.keras | Lambda twice | Python code",
                "custom_layer.keras | Doubler my_doubler | golden>Doubler",
                "lstm.keras | LSTM memory | not supported",
                "multi_head_attention.keras | MultiHeadAttention attention | not supported",
                "legacy.h5 | legacy.h5 | keras.saving.load_model",
                "channels_first.keras | Conv2D nchw | channels_first",
                "operator.keras | Multiply multiply | keras.src.ops.numpy"
            })
    void whatCannotBeImportedIsRefusedByName(String file, String who, String why) {
        assertThatThrownBy(
                        () -> {
                            try (KerasModel keras = open("random-models/refused/" + file)) {
                                keras.toOnnx(KerasImportOptions.DEFAULT);
                            }
                        })
                .isInstanceOf(KerasException.class)
                .hasMessageContaining(who)
                .hasMessageContaining(why);
    }

    @Test
    void everyBatchNormThatFollowsAConvolutionAloneIsFolded() {
        try (KerasModel keras = open("keras-vision/two_inputs.keras")) {
            ImportedModel folded = keras.toOnnx(KerasImportOptions.DEFAULT);
            assertThat(folded.convolutions()).hasSize(4).allMatch(Convolution::folded);
            ImportedModel kept =
                    keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused("backbone/last_conv"));
            assertThat(kept.convolutions())
                    .filteredOn(convolution -> !convolution.folded())
                    .extracting(Convolution::path, Convolution::channels, Convolution::height)
                    .containsExactly(tuple("backbone/last_conv", 48L, 24L));
        }
    }

    @Test
    void weightsThatAreEqualInTwoGraphsAreTheSameTensor() {
        try (KerasModel keras = open("keras-vision/two_inputs.keras")) {
            Map<String, Tensor> folded = initializers(keras.toOnnx(KerasImportOptions.DEFAULT));
            Map<String, Tensor> kept =
                    initializers(
                            keras.toOnnx(
                                    KerasImportOptions.DEFAULT.withKeepUnfused(
                                            "backbone/last_conv")));
            String shared = "backbone/s1/kernel@backbone/s1_bn";
            assertThat(kept.get(shared)).isNotNull().isSameAs(folded.get(shared));
            assertThat(kept).containsKey("backbone/last_conv/kernel");
            assertThat(folded).doesNotContainKey("backbone/last_conv/kernel");
        }
    }

    @Test
    void aFullyConvolutionalModelTakesAnotherPictureSize() throws IOException {
        try (KerasModel keras = open("keras-vision/tiny_efficientnetv2.keras")) {
            ImportedModel imported =
                    keras.toOnnx(
                            KerasImportOptions.DEFAULT.withPictureSize(new PictureSize(64, 80)));
            assertThat(imported.inputs().getFirst().type()).hasToString("float[1,64,80,3]");
            Tensor grey = Tensor.floats(new float[64 * 80 * 3], 1, 64, 80, 3);
            float[] probabilities = run(imported, List.of(grey));
            double sum = 0;
            for (float probability : probabilities) {
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void aDenseLayerAfterFlattenRefusesAnotherPictureSize() throws IOException {
        Golden flat =
                document("random-models/index.json").rows("models").stream()
                        .filter(row -> row.text("layers").contains("Flatten"))
                        .filter(row -> row.text("name").equals("model_21"))
                        .findFirst()
                        .orElseThrow();
        try (KerasModel keras = open("random-models/" + flat.text("file"))) {
            assertThatThrownBy(
                            () ->
                                    keras.toOnnx(
                                            KerasImportOptions.DEFAULT.withPictureSize(
                                                    PictureSize.square(64))))
                    .isInstanceOf(KerasException.class)
                    .hasMessageContaining("with pictures of 64×64")
                    .hasMessageContaining("Dense");
        }
    }

    @Test
    void anUnknownTargetIsRefusedWithTheOnesThereAre() {
        try (KerasModel keras = open("keras-vision/two_inputs.keras")) {
            assertThatThrownBy(
                            () -> keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused("conv")))
                    .isInstanceOf(KerasException.class)
                    .hasMessageContaining("no convolution [conv]")
                    .hasMessageContaining("backbone/last_conv");
        }
    }

    @Test
    void pooledGatesNeedNoTransposition() {
        try (KerasModel keras = open("keras-vision/tiny_efficientnetv2.keras")) {
            ImportedModel imported = keras.toOnnx(KerasImportOptions.DEFAULT);
            assertThat(imported.model().graph().nodes())
                    .filteredOn(node -> node.is("Transpose"))
                    .extracting(Node::inputs)
                    .containsExactly(List.of(imported.inputs().getFirst().name()));
        }
    }

    private static Golden document(String name) throws IOException {
        return Golden.document(Golden.file(name));
    }

    private KerasModel open(String name) {
        return KerasImporter.read(Golden.file(name), work);
    }

    private static Map<String, Tensor> initializers(ImportedModel imported) {
        return imported.model().graph().initializers();
    }

    private static float[] run(ImportedModel imported, List<Tensor> inputs) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            named.put(imported.inputs().get(i).name(), inputs.get(i));
        }
        Map<String, Tensor> outputs = new OrtEvaluator().evaluate(imported.model(), named);
        return Objects.requireNonNull(outputs.get(imported.output().name())).toFloats();
    }
}
