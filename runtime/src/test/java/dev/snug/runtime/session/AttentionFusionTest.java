package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.surgery.AttentionFusion;
import dev.snug.onnx.surgery.AttentionFusion.Fused;
import dev.snug.onnx.surgery.StepFolding;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The oracle is the exported transformer before the fusion, run by ONNX Runtime without
 * optimisation, on rotary tables rounded to half as the export has them. Differences are relative
 * root mean squares of the velocity, result minus noise.
 */
final class AttentionFusionTest {
    private static final int FRAMES = 150;
    private static final List<String> TABLES =
            List.of("rope_cos_q", "rope_sin_q", "rope_cos_k", "rope_sin_k");

    /** Reassociation in float32; a mistake costs 1.7e-5 (LayerNorm epsilon) or more. */
    private static final double SAME_TABLES_MAX = 1e-5;

    /** The golden data's tolerance for a whole sample. */
    private static final double SAMPLE_MAX = 3e-5;

    /** Rounding the tables to half alone costs 7e-5. */
    private static final double EXACT_TABLES_MAX = 2e-4;

    @Test
    void theFourBigTablesBecomeTwoSmallInputs() throws IOException {
        Fused fused = AttentionFusion.fuse(Transformer.model());
        assertThat(fused.report().fused()).isEqualTo(Transformer.DEPTH);
        assertThat(fused.report().left()).isEmpty();
        assertThat(fused.report().tables()).hasSize(1);
        assertThat(fused.report().tables().getFirst().replaces())
                .extracting(Port::name)
                .containsExactlyElementsOf(TABLES);
        assertThat(fused.model().graph().inputs())
                .extracting(Port::name)
                .containsExactly(
                        "noise",
                        "cat_mel_text",
                        "cat_mel_text_drop",
                        Transformer.STEP,
                        "rotary_cos",
                        "rotary_sin");
        assertThat(fused.model().graph().nodes())
                .extracting(Node::operator)
                .doesNotContain("Softmax", "Neg")
                .contains("MultiHeadAttention", "RotaryEmbedding");
    }

    @Test
    void theSameTablesGiveTheSameVelocity() throws IOException {
        assertThat(difference(true)).isLessThan(SAME_TABLES_MAX);
    }

    @Test
    void exactTablesStayWithinTheRoundingOfTheExportedOnes() throws IOException {
        assertThat(difference(false)).isBetween(SAME_TABLES_MAX, EXACT_TABLES_MAX);
    }

    @Test
    void aFoldedGraphIsFusedTheSame() throws IOException {
        Model folded =
                StepFolding.fold(
                                Transformer.model(),
                                Transformer.STEP,
                                List.of(Transformer.step(0)),
                                new OrtEvaluator())
                        .model();
        assertThat(AttentionFusion.fuse(folded).report().fused()).isEqualTo(Transformer.DEPTH);
    }

    @Test
    void theOrderOfSummandsAndFactorsDoesNotMatter() throws IOException {
        Model model = Transformer.model();
        List<Node> nodes =
                model.graph().nodes().stream()
                        .map(
                                node ->
                                        node.is("Add") || node.is("Mul")
                                                ? node.withInputs(node.inputs().reversed())
                                                : node)
                        .toList();
        Model swapped = model.withGraph(withNodes(model, nodes));
        assertThat(AttentionFusion.fuse(swapped).report().fused()).isEqualTo(Transformer.DEPTH);
    }

    @Test
    void foldedAndFusedAllStepsTogetherGiveTheSameSample() throws IOException {
        Model whole = Transformer.model();
        List<Tensor> steps =
                IntStream.range(0, Transformer.STEPS).mapToObj(Transformer::step).toList();
        StepFolding.Folded folded =
                StepFolding.fold(whole, Transformer.STEP, steps, new OrtEvaluator());
        Model fused = AttentionFusion.fuse(folded.model()).model();
        List<Map<String, Tensor>> given =
                steps.stream().map(step -> Map.of(Transformer.STEP, step)).toList();
        float[] expected = Transformer.sample(whole, exported(), given);
        float[] actual = Transformer.sample(fused, compact(true), folded.table().rows());
        assertThat(Transformer.relative(actual, expected)).isLessThan(SAMPLE_MAX);
    }

    @Test
    void anAttentionThatDiffersStaysAndIsReported() throws IOException {
        Model model = Transformer.model();
        List<Node> nodes = new ArrayList<>(model.graph().nodes());
        int first = 0;
        while (!nodes.get(first).is("Neg")) {
            first++;
        }
        Node neg = nodes.get(first);
        nodes.set(
                first, new Node(neg.name(), "", "Identity", neg.inputs(), neg.outputs(), Map.of()));
        Model altered = model.withGraph(withNodes(model, nodes));

        Fused fused = AttentionFusion.fuse(altered);

        assertThat(fused.report().fused()).isEqualTo(Transformer.DEPTH - 1);
        assertThat(fused.report().left())
                .singleElement()
                .asString()
                .contains("is not a Neg")
                .contains(neg.output(0));
        assertThat(fused.model().graph().inputs())
                .extracting(Port::name)
                .containsAll(TABLES)
                .contains("rotary_cos");
    }

    private static Graph withNodes(Model model, List<Node> nodes) {
        return new Graph(
                model.graph().name(),
                model.graph().inputs(),
                model.graph().outputs(),
                nodes,
                model.graph().initializers(),
                model.graph().valueTypes());
    }

    /** The relative difference of the velocities of the first step. */
    private static double difference(boolean half) throws IOException {
        Model whole = Transformer.model();
        Map<String, Tensor> before = exported();
        before.put(Transformer.STEP, Transformer.step(0));
        Map<String, Tensor> after = compact(half);
        after.put(Transformer.STEP, Transformer.step(0));
        float[] expected = velocity(whole, before);
        return Transformer.relative(velocity(AttentionFusion.fuse(whole).model(), after), expected);
    }

    /** The inputs as exported: tables in full size, rounded to half. */
    private static Map<String, Tensor> exported() {
        return Transformer.inputs(
                FRAMES,
                Transformer.rotary(FRAMES, false, true),
                Transformer.rotary(FRAMES, true, true));
    }

    /** The same inputs with two small tables. */
    private static Map<String, Tensor> compact(boolean half) {
        Map<String, Tensor> inputs = exported();
        inputs.keySet().removeAll(TABLES);
        inputs.put("rotary_cos", table(Transformer.rotary(FRAMES, false, half)));
        inputs.put("rotary_sin", table(Transformer.rotary(FRAMES, true, half)));
        return inputs;
    }

    /** The input of the last Mul and Add, before it is scaled by the step and added to noise. */
    private static float[] velocity(Model model, Map<String, Tensor> inputs) {
        Node last = model.graph().producer("denoised").orElseThrow();
        Node scaled = model.graph().producer(last.input(1)).orElseThrow();
        Port velocity = new Port(scaled.input(0), model.graph().output("denoised").type());
        Model inner =
                model.withGraph(
                        new Graph(
                                model.graph().name(),
                                model.graph().inputs(),
                                List.of(velocity),
                                model.graph().nodes(),
                                model.graph().initializers(),
                                model.graph().valueTypes()));
        try (Session session = Transformer.open(inner, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, Set.of(velocity.name())).values().iterator().next().toFloats();
        }
    }

    private static Tensor table(float[] values) {
        return Tensor.floats(values, FRAMES, values.length / FRAMES);
    }
}
