package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** The oracle is the same model encoded as a whole, which the golden models check. */
class InlineModelTest {
    /** Sizes around those where lengths take another byte, and above the block of writing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31, 255, 256, 257, 4_000, 4_100, 20_000, 600_000})
    void theBytesAreThoseOfTheModelEncodedInTheHeap(int values) throws IOException {
        Model model = model(values);
        InlineModel inline = InlineModel.of(model);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        inline.writeTo(out);

        assertThat(out.toByteArray()).isEqualTo(ModelWriter.toBytes(model));
        assertThat(inline.bytes()).isEqualTo(out.size());
    }

    /** Large tensors as initializers, in a node, and in a graph within a node. */
    private static Model model(int values) {
        GraphBuilder inner = new GraphBuilder("inner");
        inner.initializer("w", tensor(values, 3));
        inner.addNode("Constant", List.of(), List.of("c"), constant(values));
        GraphBuilder outer = new GraphBuilder("outer");
        outer.initializer("a", tensor(values, 1));
        outer.initializer("b", tensor(2 * values, 2));
        outer.addNode("Constant", List.of(), List.of("x"), constant(values));
        outer.addNode(
                "If",
                List.of("x"),
                List.of("y"),
                new Named("then_branch", new Attribute.OfGraph(inner.build())));
        return Model.of(outer.build());
    }

    private static Named constant(int values) {
        return new Named("value", new Attribute.OfTensor(tensor(values, 5)));
    }

    private static Tensor tensor(int values, int seed) {
        float[] floats = new float[values];
        for (int i = 0; i < values; i++) {
            floats[i] = seed + i * 0.5f;
        }
        return Tensor.floats(floats, values);
    }
}
