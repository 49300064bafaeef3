package dev.snug.vision.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.ReverseMode;
import dev.snug.runtime.session.OrtEvaluator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Grad-CAM on the head of EfficientNetV2: convolution (the target), batch norm, SiLU, pooling,
 * dense layer, ending. Oracle: {@link ClosedForm}, the same map in float64 from the gradient of the
 * probability.
 */
final class GradCamGraphTest {
    private static final int CHANNELS = 6;
    private static final int CLASSES = 5;
    private static final int SIZE = 4;
    private static final double TOLERANCE = 1e-5;

    private static Model classifier(String ending, double sharpness) {
        GraphBuilder builder = new GraphBuilder("classifier");
        Nodes nodes = new Nodes(builder);
        builder.input("picture", TensorType.floats(1, 3, SIZE, SIZE));
        String kernel = nodes.noise(CHANNELS, 3, 1, 1);
        builder.addNode("Conv", List.of("picture", kernel), List.of("target"));
        String bias = nodes.noise(CHANNELS);
        String y =
                nodes.add(
                        "BatchNormalization",
                        List.of("target", bias, bias, bias, nodes.positive(CHANNELS)));
        y = nodes.add("Mul", y, nodes.add("Sigmoid", y));
        y = nodes.add("Flatten", nodes.add("GlobalAveragePool", y));
        String sharp = nodes.scalar(sharpness);
        y = nodes.add("Gemm", List.of(y, nodes.noise(CHANNELS, CLASSES), nodes.noise(CLASSES)));
        String logits = nodes.add("Mul", y, sharp);
        builder.addNode(ending, List.of(logits), List.of("scores"));
        builder.output("scores", TensorType.floats(1, CLASSES));
        builder.output("target", TensorType.floats(1, CHANNELS, SIZE, SIZE));
        return Model.of(builder.build());
    }

    private static Map<String, Tensor> run(Model model, long target) {
        float[] picture = new float[3 * SIZE * SIZE];
        for (int at = 0; at < picture.length; at++) {
            picture[at] = (float) Math.sin(at * 1.7 + 0.3);
        }
        return new OrtEvaluator()
                .evaluate(
                        model,
                        Map.of(
                                "picture",
                                Tensor.floats(picture, 1, 3, SIZE, SIZE),
                                GradCamGraph.CLASS_INPUT,
                                Tensor.longs(new long[] {target}, 1)));
    }

    private static Tensor of(Map<String, Tensor> results, String name) {
        return Objects.requireNonNull(results.get(name), name);
    }

    private static HeatMap map(Map<String, Tensor> results) {
        return HeatMap.of(of(results, GradCamGraph.HEAT_MAP_OUTPUT));
    }

    private static int top(Map<String, Tensor> results) {
        float[] scores = of(results, "scores").toFloats();
        return IntStream.range(0, CLASSES)
                .boxed()
                .max((a, b) -> Float.compare(scores[a], scores[b]))
                .orElseThrow();
    }

    private static void compare(HeatMap map, double[] raw) {
        double largest = Arrays.stream(raw).max().orElseThrow();
        assertThat(largest).isPositive();
        assertThat(map.nothingStandsOut()).isFalse();
        for (int at = 0; at < raw.length; at++) {
            assertThat((double) map.values()[at]).isCloseTo(raw[at] / largest, within(TOLERANCE));
        }
    }

    @Test
    void theMapOfEveryClassIsThatOfItsProbability() {
        Model plain = classifier("Softmax", 1);
        Model model = GradCamGraph.append(plain, "target");
        for (int chosen = 0; chosen < CLASSES; chosen++) {
            Map<String, Tensor> results = run(model, chosen);
            ClosedForm form = new ClosedForm(plain.graph(), of(results, "target"));
            compare(map(results), form.map(form.probabilityGradient(chosen)));
        }
    }

    @ParameterizedTest(name = "logits times {0}")
    @ValueSource(doubles = {30, 100, 300})
    void aModelThatIsSureOfItselfStillHasAMap(double sharpness) {
        Model plain = classifier("Softmax", sharpness);
        Model model = GradCamGraph.append(plain, "target");
        Map<String, Tensor> results = run(model, GradCamGraph.TOP_CLASS);
        int top = top(results);
        assertThat(of(results, "scores").toFloats()[top]).isEqualTo(1);

        ClosedForm form = new ClosedForm(plain.graph(), of(results, "target"));
        compare(map(results), form.map(form.probabilityGradient(top)));
        assertThat(map(results).rawMaximum()).isGreaterThan(0.1f);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Softmax", "Sigmoid", "Identity"})
    void withoutAClassTheTopOneIsExplained(String ending) {
        Model model = GradCamGraph.append(classifier(ending, 1), "target");
        Map<String, Tensor> results = run(model, GradCamGraph.TOP_CLASS);
        Map<String, Tensor> asked = run(model, top(results));

        assertThat(map(results).values()).isEqualTo(map(asked).values());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Sigmoid", "Identity"})
    void otherEndingsExplainEachOutputByItself(String ending) {
        Model plain = classifier(ending, 1);
        Model model = GradCamGraph.append(plain, "target");
        Map<String, Tensor> results = run(model, 2);
        double[] logitGradient = new double[CLASSES];
        logitGradient[2] = 1;

        compare(
                map(results),
                new ClosedForm(plain.graph(), of(results, "target")).map(logitGradient));
    }

    @Test
    void theProbabilitiesAreThoseOfTheModelWithoutTheMap() {
        Model plain = classifier("Softmax", 1);
        Model explained = GradCamGraph.append(plain, "target");

        assertThat(explained.graph().nodes())
                .startsWith(plain.graph().nodes().toArray(Node[]::new));
        assertThat(explained.graph().outputs())
                .startsWith(plain.graph().outputs().toArray(Port[]::new));
        assertThat(explained.graph().initializers())
                .containsAllEntriesOf(plain.graph().initializers());
    }

    @Test
    void theMapOfAHeadWithBatchNormAndSiluTakes27Nodes() {
        Model plain = classifier("Softmax", 1);
        Model explained = GradCamGraph.append(plain, "target");

        assertThat(explained.graph().nodes().size() - plain.graph().nodes().size()).isEqualTo(27);
    }

    @Test
    void theDefaultTargetIsTheLastConvolutionThatStillSeesAPicture() {
        GraphBuilder builder = new GraphBuilder("two");
        Nodes nodes = new Nodes(builder);
        builder.input("picture", TensorType.floats(1, 3, SIZE, SIZE));
        List<String> inputs = List.of("picture", nodes.noise(CHANNELS, 3, 1, 1));
        builder.addNode("Conv", inputs, List.of("wanted"));
        builder.addNode("Conv", inputs, List.of("not_read_by_the_scores"));
        String pooled = nodes.add("GlobalAveragePool", "wanted");
        String gate = nodes.add("Conv", pooled, nodes.noise(CLASSES, CHANNELS, 1, 1));
        builder.addNode("Flatten", List.of(gate), List.of("scores"));

        builder.output("scores", TensorType.floats(1, CLASSES));

        assertThat(GradCamGraph.lastConvolution(Model.of(builder.build()))).contains("wanted");
    }

    @Test
    void whatCannotBeExplainedIsRefusedWithTheReason() {
        Model model = classifier("Softmax", 1);

        refused(model, "nowhere", "nowhere is not known");
        refused(model, "scores", "scores is float[1,5]");
        refused(model, "picture", "picture");
        refused(GradCamGraph.append(model, "target"), "target", "class");
        refused(
                new Model(9, Map.of("", 13L), "", Map.of(), model.graph()),
                "target",
                "operator set " + ReverseMode.OPSET_MIN);
    }

    private static void refused(Model model, String target, String reason) {
        assertThatThrownBy(() -> GradCamGraph.append(model, target))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining(reason);
    }
}
