package dev.snug.onnx.surgery;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.GuidanceSplitting.Split;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Oracle: the one branch of a small guided step, worked out by hand. That the numbers stay the same
 * is shown where graphs can run, by the sample of a whole exported model.
 */
final class GuidanceSplittingTest {
    private static final TensorType STATE =
            new TensorType(
                    ElementType.FLOAT,
                    new Shape(
                            List.of(Dimension.of(1), Dimension.symbol("frames"), Dimension.of(2))));

    private final GraphBuilder builder = new GraphBuilder("step");
    private final String weight = builder.initializer("weight", Tensor.floats(new float[8], 4, 2));
    private String secondWeight = weight;
    private String middle = "Tanh";
    private boolean isReversed;
    private boolean isSwapped;

    GuidanceSplittingTest() {
        builder.input("x", STATE);
        builder.input("condition", STATE);
        builder.input("none", STATE);
        builder.input("scale", TensorType.floats(1, 2));
        builder.input("delta", TensorType.floats(1));
    }

    @Test
    void oneBranchIsLeftWithoutTheLengthOfTheStep() {
        secondWeight = builder.add("Identity", "copy", List.of(weight));
        Split split = split();
        assertThat(split.guidance()).isEqualTo(2.5f);
        assertThat(split.delta()).isEqualTo("delta");
        Graph graph = split.model().graph();
        assertThat(graph.inputs())
                .extracting(Port::name)
                .containsExactly("x", "condition", "scale");
        assertThat(graph.outputs()).containsExactly(new Port("velocity", STATE));
        assertThat(graph.nodes())
                .extracting(Object::toString)
                .containsExactly(
                        "enter = Concat(x,condition)",
                        "first = MatMul(enter,weight)",
                        "scaled = Mul(first,scale)",
                        "velocity = Tanh(scaled)");
    }

    @Test
    void equalWeightsOfOtherNamesAreEqual() {
        secondWeight = builder.initializer("same", Tensor.floats(new float[8], 4, 2));
        assertThat(split().model().graph().initializers()).containsOnlyKeys("weight");
    }

    @Test
    void branchesOverOtherWeightsAreNotEqual() {
        secondWeight =
                builder.initializer(
                        "other", Tensor.floats(new float[] {1, 0, 0, 0, 0, 0, 0, 0}, 4, 2));
        assertThatThrownBy(this::split)
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("weight and other are different constants");
    }

    @Test
    void anOperatorThatMayMixTheBranchesIsRefused() {
        middle = "Softmax";
        assertThatThrownBy(this::split)
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("may mix the two branches");
    }

    @Test
    void aDifferenceTheOtherWayRoundIsRefused() {
        isReversed = true;
        assertThatThrownBy(this::split)
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("is not the difference of the branches");
    }

    @Test
    void branchesInTheOtherOrderAreRefused() {
        isSwapped = true;
        assertThatThrownBy(this::split)
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("no Concat joins two equal branches");
    }

    private Split split() {
        String first = entered(isSwapped ? "none" : "condition", "first", weight);
        String second = entered(isSwapped ? "condition" : "none", "second", secondWeight);
        String both = builder.add("Concat", "both", List.of(first, second), attribute("axis", 0));
        String scaled = builder.add("Mul", "scaled", List.of(both, "scale"));
        String out = builder.add(middle, "out", List.of(scaled));
        builder.addNode("Split", List.of(out), List.of("c", "u"), attribute("axis", 0));
        String difference =
                builder.add(
                        "Sub", "difference", isReversed ? List.of("u", "c") : List.of("c", "u"));
        String strength = builder.initializer("strength", Tensor.scalar(2.5f));
        String more = builder.add("Mul", "more", List.of(difference, strength));
        String guided = builder.add("Add", "guided", List.of("c", more));
        String change = builder.add("Mul", "change", List.of(guided, "delta"));
        builder.output(builder.add("Add", "next", List.of("x", change)), STATE);
        return GuidanceSplitting.split(Model.of(builder.build()), "x", "condition", "none");
    }

    private String entered(String condition, String name, String weights) {
        String entered =
                builder.add("Concat", "enter", List.of("x", condition), attribute("axis", -1));
        return builder.add("MatMul", name, List.of(entered, weights));
    }
}
