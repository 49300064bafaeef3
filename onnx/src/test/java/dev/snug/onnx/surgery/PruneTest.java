package dev.snug.onnx.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Node;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Oracle: the values that can be reached backwards from the outputs, listed by hand. */
final class PruneTest {
    private static final TensorType TYPE = TensorType.floats(2);

    private final GraphBuilder builder = new GraphBuilder("pruned");

    PruneTest() {
        builder.input("x", TYPE);
        builder.input("unused_input", TYPE);
        builder.initializer("weights", Tensor.floats(new float[] {1, 2}, 2));
        builder.initializer("unused_weights", Tensor.floats(new float[] {3, 4}, 2));
    }

    @Test
    void onlyWhatAnOutputNeedsStays() {
        builder.addNode("Mul", List.of("x", "weights"), List.of("product"));
        builder.addNode("Mul", List.of("product", "unused_weights"), List.of("dead"));
        builder.addNode("Exp", List.of("dead"), List.of("dead_end"));
        builder.addNode("Relu", List.of("product"), List.of("y"));
        builder.valueType("dead", TYPE);
        builder.valueType("product", TYPE);
        builder.output("y", TYPE);

        Graph pruned = Prune.unused(builder.build());

        assertThat(pruned.nodes()).extracting(Node::name).containsExactly("product", "y");
        assertThat(pruned.initializers()).containsOnlyKeys("weights");
        assertThat(pruned.valueTypes()).containsOnlyKeys("product");
    }

    @Test
    void inputsStayUsedOrNot() {
        builder.addNode("Relu", List.of("x"), List.of("y"));
        builder.output("y", TYPE);
        Graph graph = builder.build();

        assertThat(Prune.unused(graph).inputs()).isEqualTo(graph.inputs());
    }

    @Test
    void anOutputThatIsAnInitializerKeepsIt() {
        builder.output("weights", TYPE);
        assertThat(Prune.unused(builder.build()).initializers()).containsOnlyKeys("weights");
    }

    @Test
    void aNodeWithOneNeededOutputOfSeveralStays() {
        builder.addNode("Split", List.of("x"), List.of("first", "second"));
        builder.valueType("first", TYPE);
        builder.output("second", TYPE);
        Graph graph = builder.build();

        assertThat(Prune.unused(graph).nodes()).isEqualTo(graph.nodes());
        assertThat(Prune.unused(graph).valueTypes()).containsOnlyKeys("first");
    }

    @Test
    void whatOnlyTheBodyOfAnOperatorReadsStays() {
        builder.addNode("Exp", List.of("x"), List.of("captured"));
        builder.addNode(If.reading("captured", "weights"));
        builder.output("y", TYPE);

        Graph pruned = Prune.unused(builder.build());

        assertThat(pruned.nodes()).extracting(Node::name).containsExactly("captured", "y");
        assertThat(pruned.initializers()).containsOnlyKeys("weights");
    }
}
