package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is written is read back. The oracle is the model itself: {@link ModelText} spells out all
 * that a model holds, and both spellings must be equal.
 */
class ModelRoundTripTest {
    @TempDir Path folder;

    @Test
    void everythingSurvivesInOneFile() {
        Model model = model();

        Model read = ModelReader.parse(ByteBuffer.wrap(ModelWriter.toBytes(model)), "memory");

        assertThat(ModelText.of(read)).isEqualTo(ModelText.of(model));
    }

    @Test
    void everythingSurvivesWithWeightsBesideTheModel() throws IOException {
        Model model = model();
        Path file = folder.resolve("model.onnx");
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("model.weights"))) {
            ModelWriter.write(model, file, weights);
        }

        Model read = ModelReader.read(file);

        assertThat(ModelText.of(read)).isEqualTo(ModelText.of(model));
        assertThat(read.graph().initializers())
                .hasEntrySatisfying(
                        "large", large -> assertThat(large.bytes().isDirect()).isTrue());
        assertThat(Files.size(file)).isLessThan(4096);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("model.onnx", "model.weights");
    }

    @Test
    void equalModelsMakeEqualBytes() {
        assertThat(ModelWriter.toBytes(model())).isEqualTo(ModelWriter.toBytes(model()));
    }

    @Test
    void weightsInAnotherFolderAreRefusedBecauseReadersWouldNotFindThem() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (WeightsWriter weights = WeightsWriter.create(other.resolve("model.weights"))) {
            assertThatThrownBy(() -> ModelWriter.write(model(), folder.resolve("m.onnx"), weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("folder");
        }
        assertThat(folder.resolve("m.onnx")).doesNotExist();
    }

    /** A model with one of everything; the graph inside the node has weights of its own. */
    static Model model() {
        GraphBuilder inner = new GraphBuilder("inner");
        String weight = inner.initializer("inner_weight", Tensor.floats(ramp(300), 300));
        inner.output(inner.add("Add", "sum", List.of("x", weight)), TensorType.floats(300));

        GraphBuilder builder = new GraphBuilder("outer");
        Shape open =
                new Shape(List.of(Dimension.symbol("batch"), Dimension.unknown(), Dimension.of(3)));
        builder.input("x", new TensorType(ElementType.FLOAT, open));
        builder.initializer("large", Tensor.floats(ramp(5000), 50, 100));
        builder.initializer("small", Tensor.longs(new long[] {-1, Long.MIN_VALUE}, 2));
        builder.initializer("scalar", Tensor.scalar(-0.0f));
        builder.initializer(
                "nibbles", new Tensor(ElementType.INT4, Shape.of(3), ByteBuffer.allocate(2)));
        builder.initializer(
                "none", new Tensor(ElementType.FLOAT16, Shape.of(0, 7), ByteBuffer.allocate(0)));
        builder.addNode(
                new Node(
                        "named",
                        "custom",
                        "Everything",
                        List.of("x", "", "large"),
                        List.of("a", "", "b"),
                        attributes(inner.build())));
        builder.valueType("a", new TensorType(ElementType.BFLOAT16, open));
        builder.valueType("b", new TensorType(ElementType.STRING, Shape.of()));
        builder.output("a", new TensorType(ElementType.BFLOAT16, open));
        return new Model(
                8,
                Map.of("", 17L, "custom", 3L),
                "producer",
                Map.of("key", "grüße", "other", ""),
                builder.build());
    }

    private static Map<String, Attribute> attributes(Graph inner) {
        return Map.of(
                "long", new Attribute.OfLong(-5),
                "float", new Attribute.OfFloat(Float.MIN_VALUE),
                "string", new Attribute.OfString("größer"),
                "longs", new Attribute.OfLongs(List.of(1L, -1L, Long.MAX_VALUE)),
                "floats", new Attribute.OfFloats(List.of(0.5f, -0.0f)),
                "strings", new Attribute.OfStrings(List.of("", "two")),
                "empty", new Attribute.OfLongs(List.of()),
                "tensor", new Attribute.OfTensor(Tensor.floats(ramp(400), 400)),
                "graph", new Attribute.OfGraph(inner));
    }

    private static float[] ramp(int length) {
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = index * 0.25f - 7;
        }
        return values;
    }
}
