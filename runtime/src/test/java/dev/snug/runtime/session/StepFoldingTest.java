package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.StepFolding;
import dev.snug.onnx.surgery.StepFolding.Folded;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The oracle is the graph before it was folded, run by ONNX Runtime with the same settings; equal
 * means equal to the bit. Parameter counts are checked against the sizes of the F5 architecture.
 */
final class StepFoldingTest {
    private static final int FRAMES = 40;
    private static final List<Tensor> STEPS =
            IntStream.range(0, Transformer.STEPS).mapToObj(Transformer::step).toList();
    private static final TensorType PAIR = TensorType.floats(2);

    private final GraphBuilder small = new GraphBuilder("small");

    StepFoldingTest() {
        small.input("x", PAIR);
        small.input("step", PAIR);
    }

    @Test
    void eachRowGivesWhatItsStepGaveToTheBit() throws IOException {
        assertEqualForAllSteps(SessionSettings.MAPPED, StepFoldingTest::evaluateUnchanged);
    }

    @Test
    void eachRowGivesTheSameBitsAlsoWhereTheEngineFusesOperators() throws IOException {
        assertEqualForAllSteps(SessionSettings.ONCE, new OrtEvaluator());
    }

    private static void assertEqualForAllSteps(SessionSettings settings, Evaluator evaluator)
            throws IOException {
        Model whole = Transformer.model();
        Folded folded = StepFolding.fold(whole, Transformer.STEP, STEPS, evaluator);
        Map<String, Tensor> inputs =
                Transformer.inputs(
                        FRAMES,
                        Transformer.rotary(FRAMES, false, true),
                        Transformer.rotary(FRAMES, true, true));
        try (Session before = Transformer.open(whole, settings);
                Session after = Transformer.open(folded.model(), settings)) {
            for (int step = 0; step < STEPS.size(); step++) {
                Map<String, Tensor> given = new HashMap<>(inputs);
                given.put(Transformer.STEP, STEPS.get(step));
                Map<String, Tensor> fed = new HashMap<>(inputs);
                fed.putAll(folded.table().rows().get(step));
                float[] expected = Transformer.denoised(before, given);
                float[] actual = Transformer.denoised(after, fed);
                assertThat(Arrays.mismatch(actual, expected)).as("step %d", step).isEqualTo(-1);
            }
        }
    }

    /** Runs each operator as it stands in the graph, as mapped sessions do. */
    private static Map<String, Tensor> evaluateUnchanged(Model model, Map<String, Tensor> inputs) {
        Set<String> outputs =
                model.graph().outputs().stream().map(Port::name).collect(Collectors.toSet());
        try (Session session = Transformer.open(model, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, outputs);
        }
    }

    @Test
    void theStepAndAllThatComesOfItAloneIsGone() throws IOException {
        Folded folded =
                StepFolding.fold(Transformer.model(), Transformer.STEP, STEPS, new OrtEvaluator());
        Graph rest = folded.model().graph();
        assertThat(folded.outputsLeftOut()).containsExactly("time_step");
        assertThat(rest.outputs()).extracting(Port::name).containsExactly("denoised");
        assertThat(rest.inputs()).extracting(Port::name).doesNotContain(Transformer.STEP);
        assertThat(rest.inputs()).endsWith(folded.table().columns().toArray(Port[]::new));
        assertThat(rest.initializers().keySet())
                .noneMatch(name -> name.contains("attn_norm") || name.contains("norm_out"));
        // Six vectors for each block, two for the end, and the length of the step.
        long floats = (6L * Transformer.DEPTH + 2) * Transformer.WIDTH + 1;
        assertThat(folded.table().columns()).hasSize(6 * Transformer.DEPTH + 3);
        assertThat(folded.table().bytes()).isEqualTo(floats * Float.BYTES * STEPS.size());
    }

    @Test
    void theRestOfF5BaseHasTwoFifthsFewerParameters() throws IOException {
        Model whole = Transformer.model();
        Graph rest =
                StepFolding.fold(whole, Transformer.STEP, STEPS, new OrtEvaluator())
                        .model()
                        .graph();
        long all = parameters(Transformer.WIDTH, Transformer.DEPTH, 64);
        long folded = foldable(Transformer.WIDTH, Transformer.DEPTH);
        assertThat(whole.graph().parameters()).isEqualTo(all);
        assertThat(rest.parameters()).isEqualTo(all - folded);
        assertThat(foldable(1024, 22)).isEqualTo(140_646_400);
        assertThat(foldable(1024, 22) / (double) parameters(1024, 22, 512))
                .isCloseTo(0.426, within(0.001));
    }

    @Test
    void anInputThatTheRestReadsItselfStaysAndIsInTheTable() {
        String exp = small.add("Exp", "exp", List.of("step"));
        String sum = small.add("Add", "sum", List.of("x", exp));
        small.output(small.add("Mul", "y", List.of(sum, "step")), PAIR);
        Folded folded = fold(pair(1, 2), pair(3, 4));
        assertThat(folded.table().columns()).extracting(Port::name).containsExactly("exp", "step");
        assertThat(folded.table().bytes()).isEqualTo(2 * 2 * 2 * Float.BYTES);
    }

    @Test
    void randomNumbersAreNeverFolded() {
        String noise = small.add("RandomNormalLike", "noise", List.of("step"));
        small.output(small.add("Add", "y", List.of("x", noise)), PAIR);
        assertThatThrownBy(() -> fold(pair(1, 2)))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("nothing to fold");
    }

    @Test
    void aGraphOfWhichNothingWouldBeLeftIsRefused() {
        String exp = small.add("Exp", "exp", List.of("step"));
        small.add("Add", "dead", List.of("x", exp));
        small.output(exp, PAIR);
        assertThatThrownBy(() -> fold(pair(1, 2)))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("nothing would be left");
    }

    @Test
    void tooManyValuesAreRefusedBeforeAnyIsComputed() {
        List<Tensor> many = Collections.nCopies(StepFolding.ROWS_MAX + 1, pair(1, 2));
        Model model = Model.of(small.build());
        assertThatThrownBy(() -> StepFolding.fold(model, "step", many, StepFoldingTest::never))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("not for 1025");
    }

    @Test
    void aTableThatWouldBeTooLargeIsRefusedAfterItsFirstRow() {
        long elements = StepFolding.TABLE_BYTES_MAX / Float.BYTES / STEPS.size() + 1;
        GraphBuilder builder = new GraphBuilder("large");
        builder.input("step", new TensorType(ElementType.INT32, Shape.of(1)));
        builder.input("x", TensorType.floats(1));
        String size = builder.initializer("size", Tensor.longs(new long[] {elements}, 1));
        String value =
                builder.add(
                        "Cast",
                        "value",
                        List.of("step"),
                        GraphBuilder.attribute("to", ElementType.FLOAT.code()));
        String large = builder.add("Expand", "large", List.of(value, size));
        builder.output(builder.add("Add", "y", List.of("x", large)), TensorType.floats(elements));
        Model model = Model.of(builder.build());
        assertThatThrownBy(() -> StepFolding.fold(model, "step", STEPS, new OrtEvaluator()))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("fold fewer values");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        Model model = Model.of(small.build());
        List<Tensor> values = List.of(Transformer.step(0));
        assertThatThrownBy(() -> StepFolding.fold(model, "step", values, StepFoldingTest::never))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("a value to fold is int32[1]");
    }

    private Folded fold(Tensor... values) {
        return StepFolding.fold(
                Model.of(small.build()), "step", List.of(values), new OrtEvaluator());
    }

    private static Tensor pair(float first, float second) {
        return Tensor.floats(new float[] {first, second}, 2);
    }

    private static Map<String, Tensor> never(Model model, Map<String, Tensor> inputs) {
        throw new AssertionError("evaluated " + model.graph().name());
    }

    /** The modulation linears: six vectors in each block and two at the end, with biases. */
    private static long foldable(long width, long depth) {
        return (6 * depth + 2) * (width * width + width);
    }

    /** The exported transformer of F5: feed-forward twice the width, kernels of 31 in 16 groups. */
    private static long parameters(long width, long depth, long textWidth) {
        long inputs = (200 + textWidth) * width + width;
        long positions = 2 * (width * width / 16 * 31 + width);
        long attention = 4 * (width * width + width);
        long feedForward = 4 * width * width + 3 * width;
        long end = width * 100 + 100;
        return inputs
                + positions
                + depth * (attention + feedForward)
                + end
                + foldable(width, depth);
    }
}
