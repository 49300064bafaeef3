package dev.snug.onnx.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Oracle: the layout worked out by hand; the evaluator is a recorder that answers zeros. */
final class UnrolledTest {
    private static final TensorType STEP = TensorType.floats(1, 1);
    private static final Tensor VALUE = Tensor.floats(new float[1], 1, 1);

    private final GraphBuilder builder = new GraphBuilder("steps");
    private final List<Model> evaluated = new ArrayList<>();

    UnrolledTest() {
        builder.input("step", STEP);
    }

    @Test
    void weightsThatDoNotFitTogetherAreLoadedOneAfterTheOtherAndOnceForAllRows() {
        int columns = 9 << 20;
        ByteBuffer zeros = ByteBuffer.allocate(columns * Float.BYTES);
        for (String name : List.of("a", "b")) {
            Tensor weight = new Tensor(ElementType.FLOAT, Shape.of(1, columns), zeros);
            String wide =
                    builder.add(
                            "MatMul",
                            "wide_" + name,
                            List.of("step", builder.initializer("weight_" + name, weight)));
            builder.add("ReduceMax", name, List.of(wide));
        }
        unrolled(Set.of("step", "wide_a", "wide_b", "a", "b"), "a", "b")
                .evaluate(List.of(VALUE, VALUE, VALUE), this::record);
        assertThat(evaluated).hasSize(2);
        for (Model model : evaluated) {
            assertThat(model.graph().initializers()).hasSize(1);
            assertThat(model.graph().inputs()).hasSize(3);
            assertThat(model.graph().nodes()).hasSize(6);
        }
    }

    @Test
    void whatDependsOnConstantsAloneIsThereOnceForAllRows() {
        String one = builder.initializer("one", Tensor.scalar(1));
        String exp = builder.add("Exp", "exp", List.of(one));
        builder.add("Add", "sum", List.of("step", exp));
        List<Map<String, Tensor>> rows =
                unrolled(Set.of("step", "sum"), "sum")
                        .evaluate(List.of(VALUE, VALUE), this::record);
        assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row).containsOnlyKeys("sum"));
        assertThat(evaluated.getFirst().graph().nodes())
                .extracting(Object::toString)
                .containsExactly(
                        "exp = Exp(one)",
                        "row0/sum = Add(row0/step,exp)",
                        "row1/sum = Add(row1/step,exp)");
    }

    private Unrolled unrolled(Set<String> dependent, String... wanted) {
        Model model = Model.of(builder.build());
        return new Unrolled(
                model,
                ShapeInference.infer(model),
                "step",
                dependent,
                new TreeSet<>(List.of(wanted)));
    }

    private Map<String, Tensor> record(Model model, Map<String, Tensor> inputs) {
        assertThat(inputs.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        model.graph().inputs().stream().map(Port::name).toList());
        evaluated.add(model);
        Map<String, Tensor> results = new HashMap<>();
        model.graph().outputs().forEach(port -> results.put(port.name(), VALUE));
        return results;
    }
}
