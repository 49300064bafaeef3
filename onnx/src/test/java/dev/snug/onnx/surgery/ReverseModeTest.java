package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/**
 * What is appended and what is refused. Oracle: the paths of each graph, listed by hand; that the
 * appended arithmetic is right is tested in module vision, where there is something to run it.
 */
final class ReverseModeTest {
    private static final TensorType TYPE = TensorType.floats(2);

    private final GraphBuilder builder = new GraphBuilder("forward");

    ReverseModeTest() {
        builder.input("x", TYPE);
        builder.initializer("seed", Tensor.floats(new float[] {1, 1}, 2));
    }

    private void node(String operator, String output, String... inputs) {
        builder.addNode(operator, List.of(inputs), List.of(output));
        builder.valueType(output, TYPE);
    }

    private List<Node> appended(String target) {
        Graph graph = builder.build();
        GraphBuilder into = GraphBuilder.from(graph);
        ReverseMode.append(graph, into, new ReverseMode.Seed("y", "seed"), target);
        List<Node> all = into.build().nodes();
        assertThat(all).startsWith(graph.nodes().toArray(Node[]::new));
        return all.subList(graph.nodes().size(), all.size());
    }

    @Test
    void onlyNodesBetweenTargetAndSeedAreDifferentiated() {
        node("Exp", "before", "x");
        node("Sigmoid", "target", "before");
        node("Celu", "beside", "before");
        node("Mul", "product", "target", "beside");
        node("Celu", "elsewhere", "target");
        node("Neg", "y", "product");

        assertThat(appended("target")).extracting(Node::operator).containsExactly("Neg", "Mul");
    }

    @Test
    void gradientsThatMeetAreAdded() {
        node("Neg", "a", "x");
        node("Neg", "b", "x");
        node("Add", "y", "a", "b");

        assertThat(appended("x")).extracting(Node::operator).containsExactly("Neg", "Neg", "Add");
    }

    @Test
    void theGradientOfAValueByItselfIsTheSeed() {
        node("Neg", "y", "x");
        Graph graph = builder.build();
        GraphBuilder into = GraphBuilder.from(graph);

        assertThat(ReverseMode.append(graph, into, new ReverseMode.Seed("y", "seed"), "y"))
                .isEqualTo(new ReverseMode.Gradient("seed", Shape.of(2)));
    }

    @Test
    void aGradientThatDoesNotVaryOverThePictureStaysSmall() {
        builder.input("picture", TensorType.floats(1, 3, 4, 5));
        builder.addNode("GlobalAveragePool", List.of("picture"), List.of("y"));
        builder.valueType("y", TensorType.floats(1, 3, 1, 1));
        Graph graph = builder.build();
        GraphBuilder into = GraphBuilder.from(graph);

        ReverseMode.Gradient gradient =
                ReverseMode.append(graph, into, new ReverseMode.Seed("y", "seed"), "picture");

        assertThat(gradient.shape()).isEqualTo(Shape.of(1, 3, 1, 1));
    }

    @Test
    void anOperatorWithoutARuleIsRefusedByName() {
        builder.addNode(new Node("odd_one", "", "Celu", List.of("x"), List.of("y"), Map.of()));
        builder.valueType("y", TYPE);

        assertThatThrownBy(() -> appended("x"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("Celu")
                .hasMessageContaining("odd_one");
    }

    @Test
    void anOperatorOfAnotherDomainIsRefusedEvenWithAKnownName() {
        builder.addNode(
                new Node("mine", "com.example", "Relu", List.of("x"), List.of("y"), Map.of()));
        builder.valueType("y", TYPE);

        assertThatThrownBy(() -> appended("x")).hasMessageContaining("com.example.Relu");
    }

    @Test
    void aBodyThatReadsTheTargetIsRefusedRatherThanOverlooked() {
        node("Exp", "target", "x");
        builder.addNode(If.reading("target", "seed"));
        builder.valueType("y", TYPE);

        assertThatThrownBy(() -> appended("target")).hasMessageContaining("no gradient through If");
    }

    @Test
    void aValueThatDoesNotDependOnTheTargetHasNoGradient() {
        node("Neg", "aside", "x");
        node("Exp", "y", "x");

        assertThatThrownBy(() -> appended("aside"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("y does not depend on aside");
    }

    @Test
    void operatorsThatOnlyJumpCarryNoGradient() {
        node("Sign", "sign", "x");
        node("Neg", "y", "sign");

        assertThatThrownBy(() -> appended("x")).hasMessageContaining("does not depend");
    }

    @Test
    void aSizeThatIsNotKnownIsNamed() {
        builder.addNode("Exp", List.of("x"), List.of("untyped"));
        node("Mul", "y", "untyped", "x");

        assertThatThrownBy(() -> appended("x"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("sizes of value untyped");
    }

    @Test
    void whatCannotBeDifferentiatedAsItIsUsedIsRefusedWithTheReason() {
        builder.input("picture", TensorType.floats(1, 1, 2, 2));
        String scale = builder.initializer("scale", Tensor.floats(new float[] {1}, 1));
        builder.addNode(
                "BatchNormalization",
                List.of("picture", scale, scale, scale, scale),
                List.of("y"),
                attribute("training_mode", 1));
        builder.valueType("y", TensorType.floats(1, 1, 2, 2));

        assertThatThrownBy(() -> appended("picture"))
                .hasMessageContaining("BatchNormalization (node y)")
                .hasMessageContaining("training mode");
    }

    @Test
    void aParameterThatDependsOnTheTargetIsRefused() {
        builder.input("data", TensorType.floats(3, 2));
        builder.addNode("PRelu", List.of("data", "x"), List.of("y"));
        builder.valueType("y", TensorType.floats(3, 2));

        assertThatThrownBy(() -> appended("x"))
                .hasMessageContaining("input 1 depends on the target");
    }
}
