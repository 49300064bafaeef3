package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.surgery.ConstantFolding;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The oracle is the graph before it was folded, run by ONNX Runtime; equal means to the bit. */
final class ConstantFoldingTest {
    private static final int SAMPLES = 6000;
    private static final int FRAMES = 60;

    /** Outputs of the exported preprocessing that draw no random numbers. */
    private static final Set<String> OUTPUTS =
            Set.of("cat_mel_text", "cat_mel_text_drop", "rope_cos_q", "rope_sin_k");

    @Test
    void theExportedPreprocessingGivesTheSameBitsWithFewerNodes() throws IOException {
        Model whole = Transformer.read("preprocess.onnx");
        Model folded = ConstantFolding.fold(whole, 5L << 20, new OrtEvaluator());
        assertThat(folded.graph().nodes())
                .extracting(Node::operator)
                .doesNotContain("Cos", "Sin", "Mod", "Identity", "Constant")
                .contains("RandomNormalLike");
        Map<String, Tensor> expected = run(whole);
        Map<String, Tensor> actual = run(folded);
        for (String output : OUTPUTS) {
            assertThat(actual.get(output))
                    .as(output)
                    .extracting(tensor -> requireNonNull(tensor).bytes())
                    .isEqualTo(requireNonNull(expected.get(output)).bytes());
        }
    }

    @Test
    void aResultAboveTheBoundStaysANodeAndWhatItReadsIsFolded() {
        GraphBuilder builder = new GraphBuilder("bounded");
        builder.input("x", TensorType.floats(4));
        String two = builder.initializer("two", Tensor.scalar(2));
        String four = builder.add("Mul", "four", List.of(two, two));
        String size = builder.initializer("size", Tensor.longs(new long[] {4}, 1));
        String large = builder.add("Expand", "large", List.of(four, size));
        builder.output(builder.add("Add", "y", List.of("x", large)), TensorType.floats(4));
        Model model = Model.of(builder.build());

        assertThat(operators(ConstantFolding.fold(model, 15, new OrtEvaluator())))
                .containsExactly("Expand", "Add");
        assertThat(operators(ConstantFolding.fold(model, 16, new OrtEvaluator())))
                .containsExactly("Add");
        assertThat(operators(ConstantFolding.fold(model, 3, ConstantFoldingTest::never)))
                .containsExactly("Mul", "Expand", "Add");
    }

    private static List<String> operators(Model model) {
        return model.graph().nodes().stream().map(Node::operator).toList();
    }

    private static Map<String, Tensor> never(Model model, Map<String, Tensor> inputs) {
        throw new AssertionError("evaluated " + model.graph().name());
    }

    private static Map<String, Tensor> run(Model model) {
        ByteBuffer audio = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < SAMPLES; at++) {
            audio.putShort((short) (8000 * Math.sin(at * 0.05)));
        }
        ByteBuffer ids = ByteBuffer.allocate(4 * 20).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < 20; at++) {
            ids.putInt(3 * at);
        }
        Map<String, Tensor> inputs =
                Map.of(
                        "audio",
                        new Tensor(ElementType.INT16, Shape.of(1, 1, SAMPLES), audio.flip()),
                        "text_ids",
                        new Tensor(ElementType.INT32, Shape.of(1, 20), ids.flip()),
                        "max_duration",
                        Tensor.longs(new long[] {FRAMES}, 1));
        try (Session session = Transformer.open(model, SessionSettings.ONCE);
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, OUTPUTS);
        }
    }
}
