package dev.snug.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.vision.Golden;
import dev.snug.vision.Npy;
import dev.snug.vision.keras.ImportedModel;
import dev.snug.vision.keras.KerasImportOptions;
import dev.snug.vision.keras.KerasImporter;
import dev.snug.vision.keras.KerasModel;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The whole way from a Keras file to a heat map. Oracle: TensorFlow's GradientTape, on the
 * probability in {@code make_golden.py} (float32) and {@code make_random_models.py} (float64), on
 * the log-odds in {@code make_heat_maps.py} (float64).
 *
 * <p>Ours is the gradient of the log-odds: that it agrees with the maps of the probability shows
 * that both give the same normalised map.
 */
final class GoldenHeatMapTest {
    private static final double TOLERANCE = 1e-4;

    /** Below this TensorFlow's float32 map is made of probabilities that have lost their digits. */
    private static final double GOLDEN_MAXIMUM_LEAST = 1e-6;

    @TestFactory
    Stream<DynamicTest> goldenModelsHaveTensorFlowsHeatMap() {
        return Stream.of("tiny_efficientnetv2", "tiny_efficientnetv2_nested", "two_inputs")
                .map(name -> DynamicTest.dynamicTest(name, () -> checkGolden(name)));
    }

    private static void checkGolden(String name) throws IOException {
        Golden golden = model(name);
        int compared = 0;
        try (KerasModel keras =
                KerasImporter.read(Golden.file("keras-vision/" + name + ".keras"))) {
            Explained explained = Explained.of(keras, golden.text("target_layer"));
            for (int at = 0; at < 6; at++) {
                Golden row = golden.rows("cases").get(at);
                if (row.number("cam_raw_max") > GOLDEN_MAXIMUM_LEAST) {
                    String expected = "keras-vision/%s_%d_cam_norm.npy".formatted(name, at);
                    compare(explained.map(inputs(row), GradCamGraph.TOP_CLASS), expected);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(5);
    }

    @TestFactory
    Stream<DynamicTest> everyLayerHasAMapAndSoHasAModelThatIsSure() throws IOException {
        return document("heat-maps/index.json").rows("maps").stream()
                .map(row -> DynamicTest.dynamicTest(row.text("file"), () -> checkInFloat64(row)));
    }

    private static void checkInFloat64(Golden row) throws IOException {
        String name = row.text("model");
        Golden input = model(name).rows("cases").get((int) row.number("case"));
        try (KerasModel keras =
                KerasImporter.read(Golden.file("keras-vision/" + name + ".keras"))) {
            HeatMap map =
                    Explained.of(keras, row.text("layer"))
                            .map(inputs(input), GradCamGraph.TOP_CLASS);
            compare(map, "heat-maps/" + row.text("file"));
            assertThat((double) map.rawMaximum())
                    .isCloseTo(row.number("raw_max"), withinPercentage(0.01));
        }
    }

    @TestFactory
    Stream<DynamicTest> randomModelsHaveTensorFlowsHeatMap() throws IOException {
        return document("random-models/index.json").rows("models").stream()
                .filter(row -> row.has("cam"))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row.text("name") + " " + row.text("layers"),
                                        () -> checkRandom(row)));
    }

    private static void checkRandom(Golden row) {
        List<Tensor> inputs =
                row.rows("inputs").stream()
                        .map(
                                input ->
                                        Npy.read(Golden.file("random-models/" + input.text("file")))
                                                .tensor(0))
                        .toList();
        try (KerasModel keras =
                KerasImporter.read(Golden.file("random-models/" + row.text("file")))) {
            Explained explained = Explained.of(keras, row.text("target_layer"));
            HeatMap map = explained.map(inputs, (long) row.number("target_class"));
            assertThat(map.nothingStandsOut()).isEqualTo(row.truth("cam_degenerate"));
            compare(map, "random-models/" + row.text("cam"));
        }
    }

    private static void compare(HeatMap map, String expectedFile) {
        Npy expected = Npy.read(Golden.file(expectedFile));
        assertThat(expected.shape()).containsExactly(map.height(), map.width());
        float[] values = map.values();
        for (int at = 0; at < values.length; at++) {
            assertThat((double) values[at])
                    .as("%s at %d", expectedFile, at)
                    .isCloseTo(expected.values()[at], within(TOLERANCE));
        }
    }

    /** An imported model with its heat map. */
    private record Explained(ImportedModel imported, Model model) {
        static Explained of(KerasModel keras, String layer) {
            String path =
                    keras.toOnnx(KerasImportOptions.DEFAULT).convolutions(layer).getFirst().path();
            ImportedModel imported = keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused(path));
            String target = imported.convolutions(path).getFirst().activated();
            return new Explained(imported, GradCamGraph.append(imported.model(), target));
        }

        HeatMap map(List<Tensor> inputs, long chosen) {
            Map<String, Tensor> named = new HashMap<>();
            for (int at = 0; at < inputs.size(); at++) {
                named.put(imported.inputs().get(at).name(), inputs.get(at));
            }
            named.put(GradCamGraph.CLASS_INPUT, Tensor.longs(new long[] {chosen}, 1));
            Map<String, Tensor> results = new OrtEvaluator().evaluate(model, named);
            return HeatMap.of(Objects.requireNonNull(results.get(GradCamGraph.HEAT_MAP_OUTPUT)));
        }
    }

    private static List<Tensor> inputs(Golden row) {
        List<Tensor> inputs = new ArrayList<>();
        inputs.add(Npy.read(Golden.file("keras-vision/" + row.text("input"))).tensor(1));
        if (row.has("meta")) {
            float[] values = row.floats("meta");
            inputs.add(Tensor.floats(values, 1, values.length));
        }
        return inputs;
    }

    private static Golden model(String name) throws IOException {
        return document("keras-vision/golden.json").member("models").member(name);
    }

    private static Golden document(String name) throws IOException {
        return Golden.document(Golden.file(name));
    }
}
