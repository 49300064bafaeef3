package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Files written by others are read right. The oracle is the Python {@code onnx} package, which
 * wrote the golden files (src/test/golden/make_models.py): each element type twice, once as raw
 * bytes and once in the typed field, and values known from the script.
 */
class GoldenModelTest {
    private static Model kinds;

    @BeforeAll
    static void read() throws IOException {
        kinds = ModelReader.read(golden("format-kinds.onnx"));
    }

    static Path golden(String name) {
        URL url = GoldenModelTest.class.getResource("/golden/" + name);
        try {
            return Path.of(Objects.requireNonNull(url, name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void typedFieldsHoldTheSameBytesAsRawData() {
        Map<String, Tensor> initializers = kinds.graph().initializers();
        List<String> typed =
                initializers.keySet().stream().filter(name -> name.endsWith("_typed")).toList();

        assertThat(typed).hasSize(12);
        for (String name : typed) {
            Tensor raw =
                    Objects.requireNonNull(initializers.get(name.replace("_typed", "_raw")), name);
            Tensor read = Objects.requireNonNull(initializers.get(name));
            assertThat(ModelText.of(read)).as(name).isEqualTo(ModelText.of(raw));
        }
    }

    @Test
    void floatsAreTheScriptsNumbers() {
        Tensor floats = Objects.requireNonNull(kinds.graph().initializers().get("float_typed"));

        assertThat(floats.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(floats.toFloats())
                .containsExactly(0.5f, -1.25f, 3f, 65504f, -0f, (float) Math.pow(2, -14));
    }

    @Test
    void attributesOfEachKindAreRead() {
        Node node = kinds.graph().nodes().getFirst();

        assertThat(node.domain()).isEqualTo("test");
        assertThat(node.inputs()).containsExactly("x", "", "float_raw");
        assertThat(node.outputs()).containsExactly("every", "", "third");
        assertThat(node.attributes())
                .containsEntry("an_int", new Attribute.OfLong(-3))
                .containsEntry("a_float", new Attribute.OfFloat(0.25f))
                .containsEntry("a_string", new Attribute.OfString("grüße"))
                .containsEntry("some_ints", new Attribute.OfLongs(List.of(1L, -2L, 1L << 40)))
                .containsEntry("some_floats", new Attribute.OfFloats(List.of(0.5f, -0.125f)))
                .containsEntry("some_strings", new Attribute.OfStrings(List.of("a", "", "b")));
        Tensor tensor = Objects.requireNonNull(node.tensorAttribute("a_tensor"));
        assertThat(tensor.type()).isEqualTo(new TensorType(ElementType.INT64, Shape.of(1, 2)));
        assertThat(tensor.toLongs()).containsExactly(1, 2);
    }

    @Test
    void aBranchReadsTheValuesOfTheGraphAroundIt() {
        Node node = kinds.graph().nodes().getLast();

        assertThat(node.attributes().get("then_branch"))
                .isInstanceOfSatisfying(
                        Attribute.OfGraph.class,
                        branch -> {
                            assertThat(branch.value().nodes().getFirst().inputs())
                                    .containsExactly("x", "inner_weight");
                            assertThat(branch.value().initializers()).containsKey("inner_weight");
                        });
    }

    @Test
    void namedAndUnknownSizesStayWhatTheyAre() {
        assertThat(kinds.graph().valueTypes())
                .containsEntry(
                        "every",
                        new TensorType(
                                ElementType.FLOAT16,
                                new Shape(
                                        List.of(
                                                Dimension.symbol("batch"),
                                                Dimension.unknown(),
                                                Dimension.of(5)))));
    }

    @Test
    void anInitializerThatIsAlsoAnInputIsNoInput() {
        assertThat(kinds.graph().inputs()).extracting(Port::name).containsExactly("x", "condition");
    }

    @Test
    void theModelsOwnFieldsAreRead() {
        assertThat(kinds.irVersion()).isEqualTo(9);
        assertThat(kinds.opsets()).isEqualTo(Map.of("", 20L, "test", 1L));
        assertThat(kinds.producer()).isEqualTo("golden");
        assertThat(kinds.metadata()).isEqualTo(Map.of("classes", "mel,nv", "empty", ""));
    }

    @Test
    void externalDataIsFoundBesideTheModel() throws IOException {
        Graph graph = ModelReader.read(golden("format-external.onnx")).graph();

        // First number of each of three 4×4 blocks of numpy.random.default_rng(20260101).
        assertThat(graph.initializers().values())
                .extracting(tensor -> tensor.toFloats()[0])
                .containsExactly(1.5778694f, 0.08044292f, -0.064756855f);
    }
}
