package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Oracle: the evaluator that hands weights over inline, with the same settings. */
final class OrtEvaluatorTest {
    private static final int WIDTH = 64;

    @TempDir private Path folder;

    @Test
    void aModelThroughFilesGivesTheSameBitsAndLeavesNoFile() {
        float[] weights = new float[WIDTH * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(i);
        }
        Model model = product("MatMul", Tensor.floats(weights, WIDTH, WIDTH));
        Map<String, Tensor> inputs = Map.of("x", Tensor.floats(new float[WIDTH], 1, WIDTH));
        OrtEvaluator mapped = new OrtEvaluator(SessionSettings.MAPPED, folder);
        OrtEvaluator inline = new OrtEvaluator(SessionSettings.MAPPED, null);
        for (int again = 0; again < 2; again++) {
            assertThat(bytes(mapped.evaluate(model, inputs)))
                    .isEqualTo(bytes(inline.evaluate(model, inputs)));
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aModelThatCannotRunLeavesNoFileEither() {
        Model model = product("NoSuchOperator", Tensor.floats(new float[1024], 32, 32));
        assertThatThrownBy(
                        () ->
                                new OrtEvaluator(SessionSettings.MAPPED, folder)
                                        .evaluate(model, Map.of()))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("cannot evaluate small");
        assertThat(folder).isEmptyDirectory();
    }

    private static ByteBuffer bytes(Map<String, Tensor> results) {
        return requireNonNull(results.get("y")).bytes();
    }

    private static Model product(String operator, Tensor weights) {
        GraphBuilder builder = new GraphBuilder("small");
        builder.input("x", TensorType.floats(1, WIDTH));
        String weight = builder.initializer("weight", weights);
        String product = builder.add(operator, "product", List.of("x", weight));
        builder.output(builder.add("Cos", "y", List.of(product)), TensorType.floats(1, WIDTH));
        return Model.of(builder.build());
    }
}
