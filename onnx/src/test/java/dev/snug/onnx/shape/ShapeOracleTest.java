package dev.snug.onnx.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Inferred types are those of the Python {@code onnx} package (infer_shapes, strict, with data
 * propagation), which it left in the value_info of random graphs: about 100 nodes each of all
 * operators with a rule, made by src/test/golden/make_models.py.
 */
class ShapeOracleTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void everyTypeIsTheOracles(int seed) throws IOException, URISyntaxException {
        URL url = ShapeOracleTest.class.getResource("/golden/shapes-" + seed + ".onnx");
        Model golden = ModelReader.read(Path.of(Objects.requireNonNull(url).toURI()));
        Graph graph = golden.graph();
        Graph bare =
                new Graph(
                        graph.name(),
                        graph.inputs(),
                        graph.outputs(),
                        graph.nodes(),
                        graph.initializers(),
                        Map.of());

        Map<String, TensorType> inferred = ShapeInference.infer(golden.withGraph(bare));

        assertThat(graph.valueTypes()).hasSizeGreaterThan(100);
        graph.valueTypes()
                .forEach(
                        (value, expected) -> {
                            Node node = graph.producer(value).orElseThrow();
                            String what = node + " " + node.attributes() + inputs(node, inferred);
                            assertThat(inferred).as(what).containsKey(value);
                            TensorType actual = Objects.requireNonNull(inferred.get(value));
                            assertThat(asFarAsKnown(actual, expected)).as(what).isEqualTo(expected);
                        });
    }

    private static List<String> inputs(Node node, Map<String, TensorType> types) {
        return node.inputs().stream().map(name -> name + ":" + types.get(name)).toList();
    }

    /** {@code actual} with the oracle's word where the oracle knows nothing itself. */
    private static TensorType asFarAsKnown(TensorType actual, TensorType expected) {
        List<Dimension> dimensions = new ArrayList<>(actual.shape().dimensions());
        for (int axis = 0; axis < Math.min(dimensions.size(), expected.shape().rank()); axis++) {
            if (isMadeUp(expected.shape().dimension(axis))) {
                dimensions.set(axis, expected.shape().dimension(axis));
            }
        }
        return new TensorType(actual.elementType(), new Shape(dimensions));
    }

    /** The oracle calls a size that it does not know unk__0, unk__1 and so on. */
    private static boolean isMadeUp(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Unknown() -> true;
            case Dimension.Symbol(String name) -> name.startsWith("unk__");
            case Dimension.Fixed unused -> false;
        };
    }
}
