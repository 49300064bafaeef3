package dev.snug.onnx.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Oracle: parts and constants of a small graph, listed by hand. */
final class ExtractionTest {
    private static final TensorType PAIR = TensorType.floats(2);

    @Test
    void aPartHasOnlyWhatItsValuesNeed() {
        GraphBuilder builder = new GraphBuilder("whole");
        builder.input("a", PAIR);
        builder.input("b", PAIR);
        String one = builder.initializer("one", Tensor.scalar(1));
        String two = builder.initializer("two", Tensor.scalar(2));
        String left = builder.add("Add", "left", List.of("a", one));
        String right = builder.add("Add", "right", List.of("b", two));
        builder.output(builder.add("Mul", "product", List.of(left, right)), PAIR);
        Graph part =
                Extraction.of(Model.of(builder.build()), "part", List.of(new Port(right, PAIR)))
                        .graph();
        assertThat(part.name()).isEqualTo("part");
        assertThat(part.inputs()).extracting(Port::name).containsExactly("b");
        assertThat(part.outputs()).containsExactly(new Port("right", PAIR));
        assertThat(part.nodes()).extracting(Object::toString).containsExactly("right = Add(b,two)");
        assertThat(part.initializers()).containsOnlyKeys("two");
    }

    @Test
    void tensorsOfConstantNodesBecomeInitializersAndOtherConstantsStay() {
        Tensor weight = Tensor.floats(new float[] {1, 2}, 2);
        GraphBuilder builder = new GraphBuilder("constants");
        builder.input("x", PAIR);
        builder.addNode(constant("w", "value", new Attribute.OfTensor(weight)));
        builder.addNode(constant("n", "value_int", new Attribute.OfLong(3)));
        builder.output(builder.add("Add", "y", List.of("x", "w")), PAIR);
        Graph hoisted = ConstantHoisting.hoist(Model.of(builder.build())).graph();
        assertThat(hoisted.initializers()).containsOnlyKeys("w").containsValue(weight);
        assertThat(hoisted.nodes())
                .extracting(Object::toString)
                .containsExactly("n = Constant()", "y = Add(x,w)");
    }

    private static Node constant(String output, String key, Attribute value) {
        return new Node(output, "", "Constant", List.of(), List.of(output), Map.of(key, value));
    }
}
