package dev.snug.onnx.lifetime;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run holds at each node. The oracle is ONNX Runtime's planner, worked out by hand on graphs
 * of a few nodes; that whole models come out as measured is shown by {@code bench/run memory}.
 */
class LifetimeTest {
    private static final int WIDTH = 10;
    private static final long FRAMES = 1000;

    /** Bytes of one value [frames, 10] of float32. */
    private static final long VALUE = FRAMES * WIDTH * Float.BYTES;

    private static final Map<String, Long> SIZES = Map.of("frames", FRAMES);
    private static final Execution ONE_THREAD = Execution.of(1);

    private final GraphBuilder builder = new GraphBuilder("g");

    private static TensorType frames(long... sizes) {
        List<Dimension> dimensions = new ArrayList<>(List.of(Dimension.symbol("frames")));
        for (long size : sizes) {
            dimensions.add(Dimension.of(size));
        }
        return new TensorType(ElementType.FLOAT, new Shape(dimensions));
    }

    private void node(String operator, String output, String... inputs) {
        builder.addNode(operator, List.of(inputs), List.of(output));
    }

    private Activations run() {
        return Lifetime.of(Model.of(builder.build()), SIZES, ONE_THREAD);
    }

    private static List<Long> bytes(Activations activations) {
        return activations.moments().stream().map(Moment::bytes).toList();
    }

    private static List<String> order(Activations activations) {
        return activations.moments().stream().map(Moment::nodeName).toList();
    }

    @Test
    void aChainHoldsTheInputAndTheOutputOfTheNodeThatRuns() {
        builder.input("x", frames(WIDTH));
        node("Erf", "a", "x");
        node("ReduceMean", "b", "a");
        node("Erf", "c", "b");
        builder.output("c", TensorType.floats(1, 1));

        Activations activations = run();

        // ReduceMean without axes leaves one number.
        assertThat(bytes(activations)).containsExactly(VALUE, VALUE + 4, 8L);
        assertThat(activations.peakNode()).isEqualTo("b");
        assertThat(activations.outputBytes()).isEqualTo(4);
    }

    @Test
    void aDeadBufferOfTheSameShapeIsTakenAgain() {
        builder.input("x", frames(WIDTH));
        node("Erf", "a", "x");
        node("Erf", "b", "a");
        node("Erf", "c", "b");
        node("Erf", "d", "c");
        builder.output("d", frames(WIDTH));

        Activations activations = run();

        // c is in a's buffer, which is held while b is made and read.
        assertThat(bytes(activations)).containsExactly(VALUE, 2 * VALUE, 2 * VALUE, 2 * VALUE);
        assertThat(activations.buffers()).extracting(Buffer::value).containsExactly("a", "b", "d");
    }

    @Test
    void aBufferThatIsTakenAgainIsHeldInBetween() {
        builder.input("x", frames(WIDTH));
        builder.initializer("w", Tensor.floats(new float[WIDTH * 2], WIDTH, 2));
        node("Erf", "a", "x");
        builder.addNode("MatMul", List.of("a", "w"), List.of("narrow"));
        node("Erf", "narrower", "narrow");
        builder.initializer("v", Tensor.floats(new float[2 * WIDTH], 2, WIDTH));
        builder.addNode("MatMul", List.of("narrower", "v"), List.of("b"));
        node("ReduceMean", "y", "b");
        builder.output("y", TensorType.floats(1, 1));

        // b will be in a's buffer, so a's buffer is not given back while the narrow ones are made.
        assertThat(bytes(run()).get(2)).isEqualTo(VALUE + 2 * (VALUE / WIDTH * 2));
    }

    @Test
    void activationsAreWrittenOverTheirInputAndArithmeticIsNot() {
        builder.input("x", frames(WIDTH));
        node("Erf", "a", "x");
        node("Tanh", "b", "a");
        node("Add", "c", "b", "x");
        builder.output("c", frames(WIDTH));

        assertThat(bytes(run())).containsExactly(VALUE, VALUE, 2 * VALUE);
    }

    @Test
    void aValueThatIsReadAgainIsNotWrittenOver() {
        builder.input("x", frames(WIDTH));
        node("Erf", "a", "x");
        node("Tanh", "b", "a");
        node("Add", "c", "a", "b");
        builder.output("c", frames(WIDTH));

        assertThat(bytes(run())).containsExactly(VALUE, 2 * VALUE, 3 * VALUE);
    }

    @Test
    void anotherShapeOfTheSameBytesTakesNothing() {
        builder.input("x", frames(WIDTH));
        builder.initializer("axes", Tensor.longs(new long[] {0}, 1));
        node("Erf", "a", "x");
        node("Unsqueeze", "b", "a", "axes");
        node("ReduceMean", "c", "b");
        builder.output("c", TensorType.floats(1, 1, 1));

        assertThat(bytes(run())).containsExactly(VALUE, VALUE, VALUE + 4);
    }

    @Test
    void theInputThatStandsLastInTheFileRunsFirst() {
        builder.input("x", frames(WIDTH));
        node("Erf", "first", "x");
        node("Erf", "second", "x");
        node("Add", "sum", "first", "second");
        builder.output("sum", frames(WIDTH));

        assertThat(order(run())).containsExactly("second", "first", "sum");
    }

    @Test
    void aListOfAsManyNumbersAsItsNameSaysIsNotThatNumber() {
        Shape list = new Shape(List.of(Dimension.of(1), Dimension.symbol("frames")));
        builder.input("frames", new TensorType(ElementType.INT64, list));
        builder.initializer("table", Tensor.floats(new float[2 * WIDTH], 2, WIDTH));
        node("Gather", "y", "table", "frames");
        builder.output("y", TensorType.floats(1, FRAMES, WIDTH));

        assertThat(bytes(run())).containsExactly(VALUE);
    }

    @Test
    void anInputOfOneNumberIsTheNumberOfItsName() {
        builder.input("frames", new TensorType(ElementType.INT64, Shape.of(1)));
        node("ConstantOfShape", "y", "frames");
        builder.output("y", frames());

        assertThat(bytes(run())).containsExactly(FRAMES * Float.BYTES);
    }

    @Test
    void aSizeThatDependsOnValuesIsRefusedByName() {
        builder.input("x", frames(WIDTH));
        node("NonZero", "open", "x");
        node("Erf", "y", "open");
        builder.output("y", frames(WIDTH));

        assertThatThrownBy(
                        () ->
                                Lifetime.of(
                                        Model.of(builder.build()),
                                        Map.of("tokens", 3L),
                                        ONE_THREAD))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("the size of open is not known before the run")
                .hasMessageContaining("NonZero")
                .hasMessageContaining("tokens=3");
    }

    @Test
    void aValueBeyondAllMeasureIsRefused() {
        builder.input("x", frames(WIDTH));
        node("Erf", "y", "x");
        builder.output("y", frames(WIDTH));
        Model model = Model.of(builder.build());

        assertThatThrownBy(() -> Lifetime.of(model, Map.of("frames", 1L << 36), ONE_THREAD))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("the limit of one value is " + (64L << 30))
                .hasMessageContaining("frames=" + (1L << 36));
    }

    @Test
    void attentionCopiesItsInputsAndTakesABlockOfScoresForEachThread() {
        TensorType heads =
                new TensorType(
                        ElementType.FLOAT,
                        new Shape(
                                List.of(
                                        Dimension.of(1),
                                        Dimension.symbol("frames"),
                                        Dimension.of(128))));
        List.of("q", "k", "v").forEach(input -> builder.input(input, heads));
        builder.addNode(
                new Node(
                        "attention",
                        "com.microsoft",
                        "MultiHeadAttention",
                        List.of("q", "k", "v"),
                        List.of("y"),
                        Map.of("num_heads", new Attribute.OfLong(2))));
        builder.output("y", heads);
        Model model = Model.of(builder.build());

        Moment moment = Lifetime.of(model, SIZES, Execution.of(2)).moments().getFirst();

        // 2 MiB of cache / (4 bytes * 4 * (64 + 64)) = 1024 keys a block, 1000 here; 128 queries.
        long block = 128 * (2 + 1000 + 64) * 4;
        long copy = FRAMES * 128 * 4;
        assertThat(moment.workspaceBytes()).containsExactly(copy, copy, copy, 2 * block);
    }

    @Test
    void aConvolutionOfGroupsUnrollsOneGroupForEachThread() {
        builder.input("x", TensorType.floats(1, 32, 500));
        builder.initializer("w", Tensor.floats(new float[32 * 16 * 3], 32, 16, 3));
        builder.addNode(
                "Conv",
                List.of("x", "w"),
                List.of("y"),
                attribute("group", 2),
                attribute("pads", new long[] {1, 1}));
        builder.output("y", TensorType.floats(1, 32, 500));
        Model model = Model.of(builder.build());

        Activations two = Lifetime.of(model, Map.of(), Execution.of(2));

        assertThat(two.moments().getFirst().workspaceBytes())
                .containsExactly(2L * 500 * 16 * 3 * Float.BYTES);
    }

    @Test
    void anArenaKeepsWhatWasTouchedOnce() {
        builder.input("x", frames(WIDTH));
        node("Erf", "a", "x");
        node("Erf", "b", "a");
        builder.output("b", frames(WIDTH));

        Activations activations = run();

        assertThat(activations.peakBytes()).isEqualTo(2 * VALUE);
        assertThat(activations.arenaBytes(1)).isBetween(2 * VALUE, 2 * VALUE + 2 * 4096);
        assertThat(activations.arenaBytes(2)).isEqualTo(activations.arenaBytes(1));
    }

    @Test
    void multiplicationsOfProductsAndConvolutionsAreCounted() {
        builder.input("x", frames(WIDTH));
        builder.initializer("w", Tensor.floats(new float[WIDTH * 3], WIDTH, 3));
        node("MatMul", "y", "x", "w");
        builder.output("y", frames(3));
        // Each of 1000 x 3 results adds up 10 products.
        assertThat(run().multiplyAdds()).isEqualTo(FRAMES * 3 * WIDTH);
    }

    @Test
    void aConvolutionOfGroupsCountsOnlyWhatItsFiltersSee() {
        builder.input("x", TensorType.floats(1, 4, 8, 8));
        builder.initializer("w", Tensor.floats(new float[6 * 2 * 9], 6, 2, 3, 3));
        builder.addNode("Conv", List.of("x", "w"), List.of("y"), attribute("group", 2));
        builder.output("y", TensorType.floats(1, 6, 6, 6));
        assertThat(run().multiplyAdds()).isEqualTo(6L * 6 * 6 * 2 * 9);
    }
}
